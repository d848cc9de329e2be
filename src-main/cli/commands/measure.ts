import { Failure } from '../../../src-shared/failure/failure.ts'
import type { CellDetail } from '../../../src-shared/contract/requests.ts'
import type { Command } from '../command.ts'
import type { Arguments, OptionSpecs } from '../options.ts'
import { quantity } from '../table.ts'

const options: OptionSpecs = {
  capacity: {
    type: 'number',
    value: 'Ah',
    range: { least: 0.001, most: 10_000 },
    help: 'the measured capacity',
  },
  remove: { type: 'flag', help: 'take back what was stated of that cycle' },
  cycle: { type: 'integer', value: 'N', help: "the cycler's number (default: the last cycle)" },
  'cycles-later': {
    type: 'integer',
    value: 'N',
    range: { least: 0, most: 100_000 },
    help: 'so many cycles after that one, where no record was made (default 0)',
  },
}

export const measureCommand: Command = {
  name: 'measure',
  summary: 'states a measured capacity of a cell',
  usage: 'ID (--capacity Ah or --remove)',
  details: [
    'A forecast from that cycle starts from it; earlier forecasts are scored against it, see `pimoe scores`.',
    'A later record of the same cell is added by `pimoe import FILE --cell ID`.',
  ],
  positionals: { least: 1, most: 1, what: 'the id of one cell' },
  options,
  run: async (call) => {
    const { arguments: given, application, output, signal } = call
    const capacity_Ah = capacityOf(given)
    const context = { signal, progress: () => undefined }
    const cell = await application['cells/get']({ id: given.positionals[0] }, context)
    const row = rowOf(cell, given) + (given.number('cycles-later') ?? 0)
    const { id, stated } = await application['cells/measure']({ id: cell.id, row, capacity_Ah }, context)
    output.answer({ schema: 'pimoe-measurements/1', cell: id, stated }, () => statedText(cell, stated))
    return 0
  },
}

function capacityOf(given: Arguments): number | null {
  const capacity = given.number('capacity')
  if ((capacity === undefined) === given.has('remove')) return capacity ?? null
  throw new Failure('usage', 'wrong-arguments', 'Either a capacity is stated or one is taken back.', {
    advice: 'Write --capacity Ah or --remove.',
  })
}

function rowOf({ cycles }: CellDetail, given: Arguments): number {
  const wanted = given.number('cycle')
  const found = cycles.findLast(({ number }) => wanted === undefined || number === wanted)
  if (found !== undefined) return found.row
  throw new Failure('usage', 'no-such-cycle', `There is no cycle ${wanted ?? ''}.`, {
    advice: 'See `pimoe cell ID` for the cycles of the cell.',
  })
}

function statedText({ cycles, description }: CellDetail, stated: CellDetail['stated']): string {
  const last = cycles.at(-1)
  const lines = stated.map(({ row, capacity_Ah }) => {
    const at = cycles.find((cycle) => cycle.row === row)
    const place =
      at === undefined ? `${row - (last?.row ?? 0)} cycles after the last record` : `cycle ${at.number}`
    return `${quantity(capacity_Ah, 'Ah')} at ${place}`
  })
  return [description.name, ...(lines.length === 0 ? ['nothing stated'] : lines)].join('\n')
}
