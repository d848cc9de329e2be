import { Failure } from '../../../src-shared/failure/failure.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { percent, table } from '../table.ts'
import { editCells, editOptions } from './editCells.ts'

const silent = (): void => undefined

export const cellsCommand: Command = {
  name: 'cells',
  summary: 'lists the cells of the library, and edits what is known of them',
  usage: '[list], or edit ID… (--lot TEXT, --tag TAG…, --clear FIELD…, …)',
  details: [
    'ID is an id or a name that only one cell has; all cells of one `edit` are one change, which `pimoe undo` takes back.',
  ],
  positionals: { least: 0, most: Infinity, what: 'an action and the cells it is done to' },
  options: editOptions,
  run: async (call) => {
    const { positionals } = call.arguments
    const [action = 'list'] = positionals
    if (!Object.hasOwn(actions, action)) throw unknownName('action', action, Object.keys(actions))
    return actions[action as keyof typeof actions](call)
  },
}

const actions = { list: listCells, edit: editCells }

async function listCells({ arguments: given, application, output, signal }: CommandCall): Promise<number> {
  if (given.positionals.length > 1 || Object.keys(editOptions).some(given.has))
    throw new Failure('usage', 'wrong-arguments', 'A list of cells takes no cells and nothing to set.', {
      advice: 'Write pimoe cells, or pimoe cells edit ID… with what to set.',
    })
  const cells = await application['cells/list']({}, { signal, progress: silent })
  output.answer({ schema: 'pimoe-cells/1', cells }, () =>
    table(
      ['id', 'name', 'chemistry', 'rated Ah', 'cycles', 'SOH', 'lot', 'tags'],
      cells.map(({ id, description, label, cycles, assessed }) => [
        id,
        description.simulated ? `${description.name} (SIMULATED)` : description.name,
        description.chemistry,
        description.nominalCapacity_Ah,
        cycles,
        percent(assessed?.stateOfHealth ?? null),
        label.lot,
        label.tags.join(', '),
      ]),
    ),
  )
  return 0
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
