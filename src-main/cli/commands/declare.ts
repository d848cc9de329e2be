import { resolve } from 'node:path'
import type { Command } from '../command.ts'
import { findingText, table } from '../table.ts'

export const declareCommand: Command = {
  name: 'declare',
  summary: 'takes what a battery passport declares of a cell',
  usage: 'ID FILE',
  details: [
    'FILE is a passport as JSON (Battery Pass or Catena-X data model), or results that `pimoe export` wrote.',
    'What is declared is kept apart from what was measured; it fills in a rated capacity or chemistry that nobody stated.',
  ],
  positionals: { least: 2, most: 2, what: 'a cell and a file' },
  options: {},
  run: async ({ arguments: given, application, output, signal }) => {
    const [id, file] = given.positionals
    const context = { signal, progress: () => undefined }
    const { cell, declaration, findings } = await application['cells/declare'](
      { id, path: resolve(file) },
      context,
    )
    output.answer({ schema: 'pimoe-declaration/1', cell, declaration, findings }, () =>
      [
        table(
          ['field', 'value', 'unit', 'date', 'from'],
          declaration.values.map(({ name, value, unit, date, source }) => [name, value, unit, date, source]),
        ),
        ...findings.map(findingText),
      ].join('\n'),
    )
    return 0
  },
}
