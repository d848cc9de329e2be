import { measuredUse } from '../../../src-shared/forecast/networkInput.ts'
import type { TrainedCondition } from '../../../src-shared/forecast/package.ts'
import { ratedCapacityOf, type TrainingCell } from '../problem/trainingCell.ts'

interface Visit {
  readonly use: Pick<TrainedCondition, 'name' | 'charge_rate' | 'discharge_rate' | 'temperature_degC'>
  readonly cells: Set<TrainingCell>
  /** (T) */
  readonly followedFrom: number[]
}

/** Every use that was measured, once: the number of cells that saw it, and how long cells of which health were followed. */
export function conditionsOf(cells: readonly TrainingCell[], T: number): TrainedCondition[] {
  const visits = new Map<string, Visit>()
  for (const cell of cells) {
    for (let row = 0; row < cell.cycles.length; row++) visit(visits, cell, row, T)
  }
  return [...visits.values()].map(({ use, cells: seen, followedFrom }) => ({
    ...use,
    cells: seen.size,
    followedFrom: followedFrom.filter(Number.isFinite).map(rounded),
  }))
}

/** Whether a cell's use differs between its rows. */
export function changesUse(cell: TrainingCell): boolean {
  return conditionsOf([cell], 1).length > 1
}

function visit(visits: Map<string, Visit>, cell: TrainingCell, row: number, T: number): void {
  const ratedCapacity = ratedCapacityOf(cell)
  const { chargeRate, dischargeRate, temperature } = measuredUse(cell.cycles[row], ratedCapacity)
  if (chargeRate === null || dischargeRate === null || temperature === null) return
  const use = {
    charge_rate: rounded(chargeRate),
    discharge_rate: rounded(dischargeRate),
    temperature_degC: rounded(temperature),
  }
  const key = Object.values(use).join(' ')
  const entry = visits.get(key) ?? {
    use: { name: cell.condition, ...use },
    cells: new Set(),
    followedFrom: Array.from({ length: T }, () => Infinity),
  }
  visits.set(key, entry)
  entry.cells.add(cell)
  const capacity = cell.cycles[row].dischargeCapacity
  if (capacity === null) return
  const steps = Math.min(T, cell.cycles.length - row)
  for (let t = 0; t < steps; t++) {
    entry.followedFrom[t] = Math.min(entry.followedFrom[t], capacity / ratedCapacity)
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
