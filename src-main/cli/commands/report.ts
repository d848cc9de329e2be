import { basename, resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { reportCellFile, reportStoredCell, type ReportSigns } from '../../services/reporting.ts'
import { reportLot } from '../../services/lotReporting.ts'
import { writeFileAtomically } from '../../services/writeFileAtomically.ts'
import type { Command, CommandCall } from '../command.ts'
import type { Arguments } from '../options.ts'
import { cellQuestion, isFile, questionOptions } from '../questionOptions.ts'

export const reportCommand: Command = {
  name: 'report',
  summary: 'assesses a cell and prints one page as PDF',
  usage: '(ID or FILE) --out FILE.pdf, or --batch [ID…] --out FILE.pdf',
  details: [
    'The options of `assess` say what is asked.',
    'With --batch the report of a lot: the cells named, or the whole library; what is not assessed is assessed first.',
  ],
  positionals: { least: 0, most: Infinity, what: 'one cell or file, or the cells of a lot' },
  options: {
    out: { type: 'text', value: 'FILE', help: 'the PDF to write' },
    laboratory: { type: 'text', value: 'NAME', help: 'printed as given' },
    batch: { type: 'flag', help: 'the report of a lot' },
    lot: { type: 'text', value: 'NAME', help: 'with --batch: the name of the lot' },
    'group-size': {
      type: 'integer',
      value: 'N',
      range: { least: 2, most: 100 },
      help: 'with --batch: batteries of a matched group (default 4)',
    },
    operator: { type: 'text', value: 'NAME', help: 'printed as given' },
    ...questionOptions,
  },
  run: async (call) => {
    const out = call.arguments.text('out')
    if (out === undefined) {
      throw new Failure('usage', 'wrong-arguments', 'report needs --out.', {
        advice: 'Write pimoe report (ID or FILE) --out FILE.pdf',
      })
    }
    const file = resolve(out)
    if (call.arguments.has('batch')) return lot(call, file)
    const bytes = await printed(call)
    await writeFileAtomically(file, bytes)
    call.output.answer({ schema: 'pimoe-report/1', file, bytes: bytes.length }, () => file)
    return 0
  },
}

async function lot(
  { arguments: given, parts, models, output, signal }: CommandCall,
  file: string,
): Promise<number> {
  const named = given.positionals
  const { bytes, ...counts } = await reportLot(
    { parts, models },
    {
      lot: given.text('lot') ?? basename(file, '.pdf'),
      groupSize: given.number('group-size') ?? 4,
      ...reportSigns(given),
      ...(named.length === 0 || (named.length === 1 && named[0] === 'all') ? {} : { cells: named }),
    },
    { signal, progress: ({ done, total }) => output.note(`${done + 1} of ${total}`) },
  )
  await writeFileAtomically(file, bytes)
  output.answer({ schema: 'pimoe-lot-report/1', file, bytes: bytes.length, ...counts }, () => file)
  return 0
}

function oneTarget({ positionals }: Arguments): string {
  if (positionals.length === 1) return positionals[0]
  throw new Failure('usage', 'wrong-arguments', 'report needs one cell or file.', {
    advice: 'Write pimoe report (ID or FILE) --out FILE.pdf, or name several cells after --batch.',
  })
}

async function printed(call: CommandCall): Promise<Uint8Array> {
  const { arguments: given, parts, models, signal } = call
  const target = oneTarget(given)
  const question = await cellQuestion(call)
  const signs = reportSigns(given)
  if (isFile(target)) return reportCellFile(parts, models, { path: target, question, signs, signal })
  return (await reportStoredCell(parts, models, { ...question, ...signs, cell: target })).bytes
}

function reportSigns(given: Arguments): ReportSigns {
  const laboratory = given.text('laboratory')
  const operator = given.text('operator')
  return {
    ...(laboratory === undefined ? {} : { laboratory }),
    ...(operator === undefined ? {} : { operator }),
  }
}
