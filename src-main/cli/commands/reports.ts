import { resolve } from 'node:path'
import { writeFileAtomically } from '../../services/exporting/writeFileAtomically.ts'
import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'

export const reportsCommand: Command = {
  name: 'reports',
  summary: 'lists the released reports, or writes one as it was released',
  usage: '[NUMBER --out FILE.pdf]',
  details: [],
  positionals: { least: 0, most: 1, what: 'the number of a report, or nothing' },
  options: {
    out: { type: 'text', value: 'FILE', help: 'the PDF to write' },
    revision: { type: 'integer', value: 'N', range: { least: 1 }, help: 'revision (default: the newest)' },
  },
  run: async (call) => {
    const context = { signal: call.signal, progress: () => undefined }
    const reports = await call.application['reports/list']({}, context)
    const [number] = call.arguments.positionals
    if (call.arguments.positionals.length > 0) return write(call, number, reports)
    call.output.answer({ schema: 'pimoe-reports/1', reports }, () =>
      table(
        ['number', 'revision', 'cell', 'released at', 'sha256'],
        reports.map(({ number: no, revision, cellName, releasedAt, sha256 }) => [
          no,
          revision,
          cellName,
          releasedAt,
          sha256.slice(0, 12),
        ]),
      ),
    )
    return 0
  },
}

async function write(
  { application, arguments: given, output, signal }: CommandCall,
  number: string,
  reports: readonly { readonly number: string; readonly revision: number }[],
): Promise<number> {
  const newest = reports.find((one) => one.number === number)?.revision ?? 1
  const revision = given.number('revision') ?? newest
  const { fileName, base64 } = await application['reports/get'](
    { number, revision },
    { signal, progress: () => undefined },
  )
  const file = resolve(given.text('out') ?? fileName)
  const bytes = Buffer.from(base64, 'base64')
  await writeFileAtomically(file, bytes)
  output.answer({ schema: 'pimoe-report/1', file, bytes: bytes.length, number, revision }, () => file)
  return 0
}
