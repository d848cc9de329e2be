import { inspectFile } from '../../services/cellFile.ts'
import type { Command } from '../command.ts'
import { table } from '../table.ts'

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'says what a file is, without importing it',
  usage: 'FILE',
  details: ['Format, encoding, delimiter, decimal sign, columns with units, rows, cycles, findings.'],
  positionals: { least: 1, most: 1, what: 'one file' },
  options: {},
  run: async ({ arguments: given, parts, output, signal }) => {
    const inspection = await inspectFile(parts, given.positionals[0], signal)
    output.answer(inspection, () => {
      const { columns, findings, ...facts } = inspection
      return [
        ...Object.entries(facts).map(([name, value]) => `${name.padEnd(10)} ${JSON.stringify(value)}`),
        '',
        table(
          ['column', 'unit'],
          columns.map(({ name, unit }) => [name, unit]),
        ),
        ...findings.map(({ code, message }) => `${code}: ${message}`),
      ].join('\n')
    })
    return 0
  },
}
