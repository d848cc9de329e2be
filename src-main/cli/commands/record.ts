import { resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { exportRecord, recordOfCell } from '../../services/exporting/recordExport.ts'
import type { Command } from '../command.ts'
import { isFile } from '../questionOptions.ts'

export const recordCommand: Command = {
  name: 'record',
  summary: 'writes a record as csv or Parquet in the words of the Battery Data Format',
  usage: '(ID or FILE) --out (FILE.csv or FILE.parquet)',
  details: [
    'The whole signal as it was read: s, V, A with charging positive, cycle and step, Ah since the start of the cycle.',
    'Of a cell of the library, the file that its newest record was read from; it must still be the same.',
  ],
  positionals: { least: 1, most: 1, what: 'one cell or file' },
  options: { out: { type: 'text', value: 'FILE', help: 'the csv or Parquet file to write' } },
  run: async ({ arguments: given, parts, output, signal }) => {
    const out = given.text('out')
    if (out === undefined) {
      throw new Failure('usage', 'wrong-arguments', 'record needs --out.', {
        advice: 'Write pimoe record (ID or FILE) --out FILE.csv',
      })
    }
    const target = given.positionals[0]
    const source = isFile(target) ? { path: target, sha256: null } : await recordOfCell(parts, target)
    const exported = await exportRecord(parts, { ...source, out: resolve(out), signal })
    output.answer(exported, () => `${exported.rows} rows in ${exported.file}`)
    return 0
  },
}
