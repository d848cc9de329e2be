import { resolve } from 'node:path'
import type { Verification } from '../../../src-shared/contract/reports.ts'
import { verifyReport } from '../../services/verifying.ts'
import type { Command } from '../command.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'computes a report again from what is attached to it and compares every byte',
  usage: 'FILE.pdf',
  details: ['Exit code 0 only where the report is identical, 3 where it differs.'],
  positionals: { least: 1, most: 1, what: 'one report' },
  options: {
    model: {
      type: 'text',
      value: 'NAME',
      help: 'model by name or folder (default: found by its hash)',
    },
  },
  run: async ({ arguments: given, parts, models, output }) => {
    const model = given.text('model')
    const path = resolve(given.positionals[0])
    const told = await verifyReport(parts, models, { path, ...(model === undefined ? {} : { model }) })
    output.answer(told, () => verdictText(told))
    return told.outcome === 'identical' ? 0 : 3
  },
}

function verdictText({ outcome, differences }: Verification): string {
  if (outcome === 'identical') return 'identical'
  const fields = differences.map(({ field, message }) => `  ${field}: ${message}`)
  return [`differs in ${differences.map(({ field }) => field).join(', ')}`, ...fields].join('\n')
}
