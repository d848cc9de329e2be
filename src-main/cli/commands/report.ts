import { resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { reportCellFile, reportStoredCell, type ReportSigns } from '../../services/reporting.ts'
import { writeFileAtomically } from '../../services/writeFileAtomically.ts'
import type { Command, CommandCall } from '../command.ts'
import type { Arguments } from '../options.ts'
import { cellQuestion, isFile, questionOptions } from '../questionOptions.ts'

export const reportCommand: Command = {
  name: 'report',
  summary: 'assesses a cell and prints one page as PDF',
  usage: '(ID or FILE) --out FILE.pdf',
  details: ['The options of `assess` say what is asked.'],
  positionals: { least: 1, most: 1, what: 'one cell or file' },
  options: {
    out: { type: 'text', value: 'FILE', help: 'the PDF to write' },
    laboratory: { type: 'text', value: 'NAME', help: 'printed as given' },
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
    const bytes = await printed(call)
    const file = resolve(out)
    await writeFileAtomically(file, bytes)
    call.output.answer({ schema: 'pimoe-report/1', file, bytes: bytes.length }, () => file)
    return 0
  },
}

async function printed(call: CommandCall): Promise<Uint8Array> {
  const { arguments: given, parts, models, signal } = call
  const target = given.positionals[0]
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
