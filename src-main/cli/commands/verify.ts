import { resolve } from 'node:path'
import type { Verification } from '../../../src-shared/contract/reports.ts'
import { verifyReport } from '../../services/reporting/verifying.ts'
import type { Command } from '../command.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'computes a report again from what is attached to it and compares every byte',
  usage: 'FILE.pdf',
  details: [
    'The report of a lot is printed again from the answers attached to it; they are not computed again.',
    'Exit code 0 only where the report is identical, 3 where it differs.',
  ],
  positionals: { least: 1, most: 1, what: 'one report' },
  options: {
    model: {
      type: 'text',
      value: 'NAME',
      help: 'model by name or folder (default: found by its hash)',
    },
    fingerprint: {
      type: 'text',
      value: 'SHA256',
      help: "the laboratory's own: another signer is a difference",
    },
  },
  run: async ({ arguments: given, parts, models, output }) => {
    const model = given.text('model')
    const path = resolve(given.positionals[0])
    const fingerprint = given.text('fingerprint')
    const told = await verifyReport(parts, models, {
      path,
      ...(model === undefined ? {} : { model }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    })
    output.answer(told, () => verdictText(told))
    return told.outcome === 'identical' ? 0 : 3
  },
}

function verdictText({ outcome, differences, signedBy }: Verification): string {
  if (outcome === 'identical') return `identical\n  ${signerText(signedBy)}`
  const fields = differences.map(({ field, message }) => `  ${field}: ${message}`)
  return [`differs in ${differences.map(({ field }) => field).join(', ')}`, ...fields].join('\n')
}

function signerText(signedBy: Verification['signedBy']): string {
  if (signedBy === null) return 'a draft, not signed'
  const whose = signedBy.isOwn ? 'the key of this library' : 'a key that is not of this library'
  return `signed with ${whose}, fingerprint ${signedBy.fingerprint}`
}
