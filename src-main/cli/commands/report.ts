import { basename, resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { reportLot } from '../../services/reporting/lotReporting.ts'
import { draftStored, releaseStored, reportFile } from '../../services/reporting/reporting.ts'
import { writeFileAtomically } from '../../services/exporting/writeFileAtomically.ts'
import type { Command, CommandCall } from '../command.ts'
import type { Arguments, OptionSpecs } from '../options.ts'
import { cellQuestion, isFile, questionOptions } from '../questionOptions.ts'
import { printOptions, reportPrintOptions } from '../reportOptions.ts'

const releaseOptions: OptionSpecs = {
  draft: { type: 'flag', help: 'neither sign nor keep it' },
  corrects: { type: 'text', value: 'NUMBER', help: 'release it as the next revision of this report' },
  reason: { type: 'text', value: 'TEXT', help: 'why the report is corrected; printed' },
}

const lotOptions: OptionSpecs = {
  batch: { type: 'flag', help: 'the report of a lot' },
  lot: { type: 'text', value: 'NAME', help: 'with --batch: the name of the lot' },
  'group-size': {
    type: 'integer',
    value: 'N',
    range: { least: 2, most: 100 },
    help: 'with --batch: batteries of a matched group (default 4)',
  },
}

/** An option that decides nothing here would be taken for one that did. */
const takenByLot = new Set([
  ...['out', 'paper', 'laboratory', 'address', 'logo', 'operator'],
  ...Object.keys(lotOptions),
])

export const reportCommand: Command = {
  name: 'report',
  summary: 'assesses a cell and prints, signs and keeps its report as PDF',
  usage: '(ID or FILE) --out FILE.pdf, or --batch [ID…] --out FILE.pdf',
  details: [
    'The report of a cell of the library is released: numbered, signed and kept as it is.',
    'The report of a file is signed and not kept. The options of `assess` say what is asked.',
    'With --batch the report of a lot: the cells named, or the whole library; what is not assessed is assessed first.',
    'It states laboratory, address, logo and operator, on A4 or Letter, and is signed and not kept.',
  ],
  positionals: { least: 0, most: Infinity, what: 'one cell or file, or the cells of a lot' },
  options: {
    out: { type: 'text', value: 'FILE', help: 'the PDF to write' },
    ...reportPrintOptions,
    ...releaseOptions,
    ...lotOptions,
    ...questionOptions,
  },
  run: async (call) => {
    const out = call.arguments.text('out')
    if (out === undefined)
      throw wrongArguments('report needs --out.', 'Write pimoe report (ID or FILE) --out FILE.pdf')
    const file = resolve(out)
    if (call.arguments.has('batch')) return lot(call, file)
    const { bytes, released } = await printed(call)
    await writeFileAtomically(file, bytes)
    const told = released === null ? {} : { number: released.number, revision: released.revision }
    call.output.answer({ schema: 'pimoe-report/1', file, bytes: bytes.length, ...told }, () => file)
    return 0
  },
}

async function lot(
  { arguments: given, parts, models, output, signal }: CommandCall,
  file: string,
): Promise<number> {
  const named = given.positionals
  const other = Object.keys(reportCommand.options).find((name) => given.has(name) && !takenByLot.has(name))
  if (other !== undefined)
    throw wrongArguments(`The report of a lot takes no --${other}.`, 'Leave it out, or report one cell.')
  const print = await printOptions(given)
  const { bytes, ...counts } = await reportLot(
    { parts, models },
    {
      lot: given.text('lot') ?? basename(file, '.pdf'),
      groupSize: given.number('group-size') ?? 4,
      ...print,
      ...(named.length === 0 || (named.length === 1 && named[0] === 'all') ? {} : { cells: named }),
    },
    { signal, progress: ({ done, total }) => output.note(`${done + 1} of ${total}`) },
  )
  await writeFileAtomically(file, bytes)
  output.answer({ schema: 'pimoe-lot-report/1', file, bytes: bytes.length, ...counts }, () => file)
  return 0
}

interface Printed {
  readonly bytes: Uint8Array
  readonly released: { readonly number: string; readonly revision: number } | null
}

async function printed(call: CommandCall): Promise<Printed> {
  const { arguments: given, parts, models, signal } = call
  const target = oneTarget(given)
  const isDraft = given.has('draft')
  const corrects = correction(call)
  const question = await cellQuestion(call)
  const print = await printOptions(given)
  if (isFile(target)) {
    return {
      bytes: await reportFile(parts, models, { path: target, question, print, isDraft, signal }),
      released: null,
    }
  }
  const kept = await call.application['reports/options']({}, { signal, progress: () => undefined })
  const input = { ...question, cell: target, print: { ...kept, ...print } }
  if (isDraft) return { bytes: (await draftStored(parts, models, input)).bytes, released: null }
  return releaseStored(parts, models, { ...input, ...(corrects === undefined ? {} : { corrects }) })
}

function oneTarget({ positionals }: Arguments): string {
  if (positionals.length === 1) return positionals[0]
  throw wrongArguments(
    'report needs one cell or file.',
    'Write pimoe report (ID or FILE) --out FILE.pdf, or name several cells after --batch.',
  )
}

function correction({ arguments: given }: CommandCall): { number: string; reason: string } | undefined {
  const [number, reason] = [given.text('corrects'), given.text('reason')]
  if (number !== undefined && reason !== undefined) return { number, reason }
  if (number === undefined && reason === undefined) return undefined
  throw wrongArguments(
    'A correction needs --corrects and --reason.',
    'Name the report and say why it is corrected.',
  )
}

function wrongArguments(message: string, advice: string): Failure {
  return new Failure('usage', 'wrong-arguments', message, { advice })
}
