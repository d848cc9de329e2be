import type { CellChanges, CellsChanged } from '../../../src-shared/contract/cells.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Command, CommandCall } from '../command.ts'
import type { Arguments, OptionSpecs } from '../options.ts'
import { changeText } from '../changeText.ts'

type TextField = 'name' | 'chemistry' | 'serial' | 'maker' | 'lot' | 'history' | 'notes'
type NumberField = 'nominalCapacity_Ah' | 'nominalVoltage_V' | 'temperature_degC'

const texts: Readonly<Record<TextField, string>> = {
  name: 'of one cell only',
  chemistry: 'such as NCA, NCM or NCM+NCA',
  serial: 'serial number',
  maker: 'who made it',
  lot: 'the group it belongs to',
  history: 'what it went through before',
  notes: 'anything else',
}

const numbers = {
  'nominal-capacity': {
    field: 'nominalCapacity_Ah',
    spec: { value: 'Ah', range: { least: 0.001, most: 10_000 }, help: 'rated capacity' },
  },
  'nominal-voltage': {
    field: 'nominalVoltage_V',
    spec: { value: 'V', range: { above: 0, most: 1000 }, help: 'nominal voltage' },
  },
  temperature: {
    field: 'temperature_degC',
    spec: { value: 'degC', range: { above: -100, below: 200 }, help: 'of the measurements' },
  },
} as const satisfies Record<string, { field: NumberField; spec: object }>

const clearable = [...Object.keys(texts).filter((field) => field !== 'name'), ...Object.keys(numbers)]

export const editOptions: OptionSpecs = {
  ...Object.fromEntries(
    Object.entries(texts).map(([field, help]) => [
      field,
      { type: 'text' as const, value: 'TEXT', help: `edit: ${help}` },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(numbers).map(([option, { spec }]) => [
      option,
      { type: 'number' as const, ...spec, help: `edit: ${spec.help}` },
    ]),
  ),
  tag: { type: 'texts', value: 'TAG…', help: 'edit: tags to add' },
  untag: { type: 'texts', value: 'TAG…', help: 'edit: tags to take off' },
  clear: { type: 'texts', value: 'FIELD…', help: 'edit: what is no longer stated', choice: clearable },
}

/** One change of all these cells; `undo` takes it back as one. */
export async function editCells({
  arguments: given,
  application,
  output,
  signal,
}: CommandCall): Promise<number> {
  const [, ...ids] = given.positionals
  const edit = {
    changes: changesOf(given),
    addTags: [...given.texts('tag')],
    removeTags: [...given.texts('untag')],
  }
  const count = Object.keys(edit.changes).length + edit.addTags.length + edit.removeTags.length
  if (ids.length === 0 || count === 0) throw incomplete()
  const told = await application['cells/change']({ ids, ...edit }, { signal, progress: () => undefined })
  output.answer({ schema: 'pimoe-cells-changed/1', ...told }, () => changedText(told))
  return 0
}

function changesOf(given: Arguments): CellChanges {
  const cleared = given.texts('clear')
  const said = (option: string): boolean => given.has(option) && cleared.includes(option)
  const both = clearable.find(said)
  if (both !== undefined) throw wrong(`--${both} is given and cleared.`, 'Give it or clear it, not both.')
  const fields = [
    ...Object.keys(texts).map((option) => ({ option, field: option, value: given.text(option) })),
    ...Object.entries(numbers).map(([option, { field }]) => ({ option, field, value: given.number(option) })),
  ]
  return Object.fromEntries(
    fields
      .map(({ option, field, value }) => [field, cleared.includes(option) ? null : value] as const)
      .filter(([, value]) => value !== undefined),
  )
}

function changedText({ changed, undo }: CellsChanged): string {
  if (changed === 0 || undo === null) return 'nothing changed'
  return `${changeText(undo)}; pimoe undo takes it back`
}

function incomplete(): Failure {
  return wrong(
    'Which cells are changed, and in what, is not said.',
    'Write pimoe cells edit ID… with what to set, as --lot TEXT, --tag TAG… or --clear FIELD….',
  )
}

function wrong(message: string, advice: string): Failure {
  return new Failure('usage', 'wrong-arguments', message, { advice })
}

export const undoCommand = stepCommand('undo', 'takes back the newest change of cells')
export const redoCommand = stepCommand('redo', 'brings back the change that was undone last')

function stepCommand(name: 'undo' | 'redo', summary: string): Command {
  return {
    name,
    summary,
    usage: '',
    details: [
      'Changes are what is known of cells: description, label, lot, tags, a stated capacity, removal. `--dry` only tells what would be done.',
      'What was changed otherwise since stays as it is; every step is an entry of the log.',
    ],
    positionals: { least: 0, most: 0, what: 'no argument' },
    options: { dry: { type: 'flag', help: `say what ${name} would do, and do nothing` } },
    run: async ({ arguments: given, application, output, signal }) => {
      const context = { signal, progress: () => undefined }
      const history = await application['changes/list']({}, context)
      const next = history[name]
      if (given.has('dry')) {
        output.answer({ schema: 'pimoe-changes/1', ...history }, () =>
          next === null ? `nothing to ${name}` : `${name} would concern: ${changeText(next)}`,
        )
        return 0
      }
      const told = await application[`changes/${name}`]({}, context)
      output.answer({ schema: 'pimoe-cells-changed/1', ...told }, () =>
        next === null ? '' : `${name === 'undo' ? 'undone' : 'redone'}: ${changeText(next)}`,
      )
      return 0
    },
  }
}
