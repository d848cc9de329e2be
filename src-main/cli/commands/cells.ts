import type { Command } from '../command.ts'
import { percent, table } from '../table.ts'

const silent = (): void => undefined

export const cellsCommand: Command = {
  name: 'cells',
  summary: 'lists the cells of the library',
  usage: '',
  details: [],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {},
  run: async ({ application, output, signal }) => {
    const cells = await application['cells/list']({}, { signal, progress: silent })
    output.answer({ schema: 'pimoe-cells/1', cells }, () =>
      table(
        ['id', 'name', 'chemistry', 'rated Ah', 'cycles', 'SOH'],
        cells.map(({ id, description, cycles, assessed }) => [
          id,
          description.simulated ? `${description.name} (SIMULATED)` : description.name,
          description.chemistry,
          description.nominalCapacity_Ah,
          cycles,
          percent(assessed?.stateOfHealth ?? null),
        ]),
      ),
    )
    return 0
  },
}

export const cellCommand: Command = {
  name: 'cell',
  summary: 'shows one cell, its cycles and what each can give',
  usage: 'ID',
  details: ['ID is the id that `cells` prints, or a name that only one cell has.'],
  positionals: { least: 1, most: 1, what: 'the id of one cell' },
  options: {},
  run: async ({ arguments: given, application, output, signal }) => {
    const cell = await application['cells/get']({ id: given.positionals[0] }, { signal, progress: silent })
    output.answer({ schema: 'pimoe-cell/1', ...cell }, () => {
      const { description, records, cycles } = cell
      const rows = cycles.map((cycle) => [
        cycle.number,
        cycle.window_V === null ? null : `${cycle.window_V.from}–${cycle.window_V.to}`,
        cycle.relaxationPoints,
        cycle.dischargeCapacity_Ah,
        cycle.usable ? 'usable' : (cycle.reason ?? 'not usable'),
      ])
      return [
        `${cell.id}  ${description.name}${description.simulated ? '  SIMULATED' : ''}`,
        ...records.map(({ path, format, sha256 }) => `${format}  ${sha256.slice(0, 12)}  ${path}`),
        table(['cycle', 'curve V', 'rest points', 'capacity Ah', 'forecast'], rows),
      ].join('\n')
    })
    return 0
  },
}
