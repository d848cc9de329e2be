import type { CellLabel } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { cellRowOf } from '../../../src-shared/contract/cellRows.ts'
import type {
  Application,
  CellDetail,
  CycleDetail,
  CycleSummary,
} from '../../../src-shared/contract/requests.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { unusableReason } from '../../../src-shared/forecast/measuredCycle.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Library } from '../../library/openLibrary.ts'
import { storedCell } from './assessedCell.ts'
import { cycleSignals, traceSignals } from './cycleSignals.ts'
import { changeCells } from './changing.ts'
import { stateCapacity } from './measuring.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { unknownName } from '../unknownName.ts'
import { unknownCell } from './unknownCell.ts'

type CellRequests = Pick<
  Application,
  | 'cells/list'
  | 'cells/rows'
  | 'cells/get'
  | 'cells/cycle'
  | 'cells/describe'
  | 'cells/measure'
  | 'cells/label'
>

export function cellRequests(parts: Parts, models: ModelShelf): CellRequests {
  return {
    'cells/list': async () => (await parts.library()).cells.list(),
    'cells/rows': async () => (await parts.library()).cells.list().map(cellRowOf),
    'cells/get': async ({ id }) => cellDetail(await parts.library(), id, models),
    'cells/cycle': async ({ id, row }) => cycleDetail(await parts.library(), id, row),
    'cells/describe': async ({ id, changes }) => {
      const library = await parts.library()
      const cell = library.cells.find(id)
      if (cell === null) throw unknownCell(library, id)
      const what = Object.keys(changes).join(',')
      changeCells(library, { kind: 'edit', what, ids: [cell.id], change: () => changes })
      return cellDetail(library, cell.id, models)
    },
    'cells/measure': async ({ id, row, capacity_Ah }) => {
      const library = await parts.library()
      const cell = library.cells.find(id)
      if (cell === null) throw unknownCell(library, id)
      stateCapacity(library, cell, { row, capacity_Ah })
      return cellDetail(library, cell.id, models)
    },
    'cells/label': async ({ id }) => {
      const library = await parts.library()
      const cell = library.cells.find(id)
      if (cell === null) throw unknownCell(library, id)
      return labelOf(library, cell.id)
    },
  }
}

function labelOf(library: Library, id: string): CellLabel {
  const fields = library.cells.fields(id)
  if (fields === null) throw unknownCell(library, id)
  const { serial, maker, nominalVoltage_V, lot, history, notes, tags } = fields
  return { serial, maker, nominalVoltage_V, lot, history, notes, tags }
}

async function cellDetail(library: Library, idOrName: string, models: ModelShelf): Promise<CellDetail> {
  const { id, cell } = storedCell(library, idOrName)
  const model = await readingModel(cell.description.simulated, models)
  return {
    id,
    description: cell.description,
    label: labelOf(library, id),
    cycles: cell.cycles.map((cycle) => cycleSummary(cycle, model)),
    records: library.records.ofCell(id).map(({ id: _, cellId: __, ...record }) => record),
    assessments: library.assessments.ofCell(id),
    stated: library.measurements.statedOf(id).map(({ row, capacity_Ah }) => ({ row, capacity_Ah })),
  }
}

/** The model that would answer by default; null where there is none to be read: then the signals alone decide. */
async function readingModel(simulated: boolean, models: ModelShelf): Promise<ModelPackage | null> {
  try {
    return await models.find(simulated && (await models.isDemoForSimulated()) ? 'demo' : undefined)
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

/** What a cycle can give, and whether a forecast of this model can rest on it. */
export function cycleSummary(cycle: Cycle, model: ModelPackage | null): CycleSummary {
  const { row, number, chargeCurve, relaxation, dischargeCapacity } = cycle
  const reason = model === null ? signalsReason(cycle) : unusableReason(cycle, model.manifest)
  const { from, to } = chargeCurve ?? { from: null, to: null }
  return {
    row,
    number,
    window_V: from === null || to === null ? null : { from, to },
    hasChargeCurve: chargeCurve !== null,
    relaxationPoints: relaxation?.voltage.length ?? 0,
    rest_s: relaxation?.time?.at(-1) ?? null,
    dischargeCapacity_Ah: dischargeCapacity,
    usable: reason === null,
    reason,
  }
}

function signalsReason({ chargeCurve, unusable }: Cycle): string | null {
  return chargeCurve === null ? (unusable ?? 'it has no charge curve over the voltage window') : null
}

function cycleDetail(library: Library, idOrName: string, row: number): CycleDetail {
  const { id, cell } = storedCell(library, idOrName)
  const cycle = cell.cycles.find((candidate) => candidate.row === row)
  if (cycle === undefined) throw unknownName('row', String(row), [])
  const trace = library.cycles.trace(id, row)
  return { ...cycleSignals(cycle), record: trace === null ? null : traceSignals(trace) }
}
