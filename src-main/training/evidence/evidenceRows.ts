import {
  measuredUseOf,
  stateFeatures,
  type CellTypeEvidence,
  type OwnUse,
} from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { fitNetworkAxes } from '../../../src-shared/evidence/networkAxes.ts'
import {
  curvePoints,
  observe,
  type EvidenceWindow,
  type VoltageGrid,
} from '../../../src-shared/evidence/state.ts'
import { measuredUse, useInput, type MeasuredRates } from '../../../src-shared/forecast/networkInput.ts'
import type { InputConvention } from '../../../src-shared/forecast/package.ts'
import type { AmpereHour } from '../../../src-shared/units/quantities.ts'
import { fitPresent, type RidgeChoice } from '../regression/fitPresent.ts'
import { spreadRows } from '../regression/presentRows.ts'
import { ratedCapacityOf, type TrainingCell } from '../problem/trainingCell.ts'
import type { CellTypeRows, EvidenceRow } from './evidenceRow.ts'
import { typicalLosses } from './typicalLosses.ts'

/** Rows with whole evidence, grouped by cell type (chemistry and rated capacity). */
export function rowsByType(cells: readonly TrainingCell[], input: InputConvention): CellTypeRows[] {
  const types = new Map<string, { type: Omit<CellTypeRows, 'rows'>; rows: EvidenceRow[] }>()
  cells.forEach((cell, place) => {
    const grid = gridOf(cell)
    if (grid === null) return
    const nominalCapacity_Ah = ratedCapacityOf(cell)
    const chemistry = cell.description.chemistry ?? 'unknown'
    const label = `${chemistry} ${nominalCapacity_Ah} Ah`
    const entry = types.get(label) ?? { type: { label, chemistry, nominalCapacity_Ah, grid }, rows: [] }
    types.set(label, entry)
    entry.rows.push(...cellRows(cell, place, { grid, input, ratedCapacity: nominalCapacity_Ah }))
  })
  return [...types.values()].map(({ type, rows }) => ({ ...type, rows }))
}

function gridOf(cell: TrainingCell): VoltageGrid | null {
  const curve = cell.cycles.find(({ chargeCurve }) => chargeCurve !== null)?.chargeCurve
  if (curve === undefined || curve === null || curve.from === null || curve.to === null) return null
  return { from: curve.from, to: curve.to }
}

export function cellRows(
  cell: TrainingCell,
  place: number,
  { grid, input, ratedCapacity }: { grid: VoltageGrid; input: InputConvention; ratedCapacity: AmpereHour },
): EvidenceRow[] {
  const uses = cell.cycles.map((cycle) => wholeUse(measuredUse(cycle, ratedCapacity)))
  const future = {
    use: useInput(
      held(uses).map((use) => [use.chargeRate, use.dischargeRate, use.temperature]),
      input.use,
    ),
    capacity: Float64Array.from(cell.cycles, (cycle) => (cycle.dischargeCapacity ?? NaN) / ratedCapacity),
  }
  return cell.cycles.flatMap((cycle, row) => {
    const own = uses[row]
    const seen = observe(cycle, grid, ratedCapacity)
    if (own === null || seen === null || !isWhole(seen.window) || Number.isNaN(future.capacity[row]))
      return []
    const { condition } = cell
    const features = stateFeatures(seen.state, grid, ratedCapacity)
    const use = measuredUseOf(own)
    return [
      {
        cell: place,
        condition,
        row,
        state: seen.state,
        own,
        use,
        capacity: future.capacity[row],
        features,
        future,
        lostAt: (step) => (future.capacity[row + step] ?? NaN) - future.capacity[row],
      },
    ]
  })
}

function isWhole({ first, last, hasRest }: EvidenceWindow): boolean {
  return first === 0 && last === curvePoints - 1 && hasRest
}

function wholeUse({ chargeRate, dischargeRate, beforeRate, temperature }: MeasuredRates): OwnUse | null {
  if (chargeRate === null || dischargeRate === null || temperature === null) return null
  return { chargeRate, dischargeRate, beforeRate, temperature }
}

const unknownUse: OwnUse = { chargeRate: 0.5, dischargeRate: 1, beforeRate: null, temperature: 25 }

/** Rows that do not say their use take the one before, or the first that says it. */
function held(uses: readonly (OwnUse | null)[]): OwnUse[] {
  let last = uses.find((use) => use !== null) ?? unknownUse
  return uses.map((use) => (last = use ?? last))
}

/** Everything but the network, fitted to a type's rows. */
export function fitEvidence(
  { label, chemistry, nominalCapacity_Ah, grid, rows }: CellTypeRows,
  windows: readonly EvidenceWindow[],
  ridge?: RidgeChoice,
): CellTypeEvidence {
  const present = fitPresent(rows, grid, windows, ridge)
  const axes = fitNetworkAxes(spreadRows(rows, 4000))
  const losses = typicalLosses(rows)
  return { label, chemistry, nominalCapacity_Ah, present, axes, losses, features: ranges(rows) }
}

function ranges(rows: readonly EvidenceRow[]): CellTypeEvidence['features'] {
  const low = new Array<number>(12).fill(Infinity)
  const high = new Array<number>(12).fill(-Infinity)
  for (const { features } of rows) {
    features.forEach((value, f) => {
      if (!Number.isFinite(value)) return
      low[f] = Math.min(low[f], value)
      high[f] = Math.max(high[f], value)
    })
  }
  return { low, high }
}

/**
 * Windows that get a head of their own, the widest first: starts every 0.05 V with and without a rest, ends of charge
 * cut short, and narrow ones so close together that any measured 0.2 V hold one.
 */
export function evidenceWindows(grid: VoltageGrid): EvidenceWindow[] {
  const perStep = (grid.to - grid.from) / (curvePoints - 1)
  const last = curvePoints - 1
  const at = (voltage: number): number => Math.round(voltage / perStep)
  const span = grid.to - grid.from
  const starts = Array.from({ length: 12 }, (_, i) => at(i * 0.05)).filter(
    (first) => (last - first) * perStep > 0.14,
  )
  const rested = starts.map((first) => ({ first, last, hasRest: true }))
  const unrested = starts.map((first) => ({ first, last, hasRest: false }))
  const cut = [0.1, 0.2].flatMap((short) =>
    [0, 0.1, 0.2]
      .filter((late) => span - short - late > 0.16)
      .map((late) => ({ first: at(late), last: last - at(short), hasRest: false })),
  )
  const length = at(0.15)
  const narrow: EvidenceWindow[] = []
  for (let first = 0; first + length < last; first += 4)
    narrow.push({ first, last: first + length, hasRest: false })
  const width = (window: EvidenceWindow): number => window.last - window.first + (window.hasRest ? 5 : 0)
  return [...rested, ...[...unrested, ...cut, ...narrow].sort((a, b) => width(b) - width(a))]
}
