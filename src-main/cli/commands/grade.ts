import type { Command } from '../command.ts'
import { percent, table } from '../table.ts'

export const gradeCommand: Command = {
  name: 'grade',
  summary: 'tells the grade of every assessed battery by the newest rules',
  usage: '[ID…]',
  details: [
    'A grade is decided on the lower bound of the interval; it comes with its reasons.',
    'Without an ID: the whole library. See `pimoe rules`.',
  ],
  positionals: { least: 0, most: Infinity, what: 'cells of the library' },
  options: {},
  run: async ({ arguments: given, application, output, signal }) => {
    const cells = given.positionals.length === 0 ? {} : { cells: [...given.positionals] }
    const batteries = await application['grading/list'](cells, { signal, progress: () => undefined })
    output.answer({ schema: 'pimoe-grades/1', batteries }, () =>
      table(
        ['battery', 'grade', 'SOH', 'at least', 'rules', 'reason'],
        batteries.map(({ cellName, simulated, stateOfHealth, grade }) => [
          simulated ? `${cellName} (SIMULATED)` : cellName,
          grade.grade ?? grade.verdict,
          percent(stateOfHealth.value),
          percent(stateOfHealth.low),
          grade.rules.version,
          grade.reasons.map(({ message }) => message).join(' '),
        ]),
      ),
    )
    return 0
  },
}
