import { kernelForward } from '../../../src-main/kernels/kernelForward.ts'
import { wantedHorizon } from '../../../src-main/training/problem/horizons.ts'
import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import { assessCells } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { measuredUse } from '../../../src-shared/forecast/networkInput.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Scenario, ScenarioBlock } from '../../../src-shared/forecast/scenario.ts'

/** One row of a cell, what followed it, and what the model says knowing only the row and the use. */
export interface JudgedWindow {
  readonly cell: TrainingCell
  readonly row: number
  /** (H) Ah */
  readonly truth: Float64Array
  readonly answer: Assessment
}

export interface WindowChoice {
  readonly stride: number
  /** Absent: the charge as it was measured. */
  readonly startVoltage?: number
  /** What the model is told of the use; absent: the use that followed. */
  readonly plan?: (cell: TrainingCell, row: number, H: number) => Scenario
}

/** Windows of the test cells, every `stride`-th; those that the model refuses are left out. */
export function judgedWindows(
  model: ModelPackage,
  cells: readonly TrainingCell[],
  { stride, startVoltage, plan = followed }: WindowChoice,
): JudgedWindow[] {
  return cells.flatMap((cell) => {
    const H = wantedHorizon(cell.condition)
    const rows = Array.from(cell.cycles.keys()).filter(
      (row) => row % stride === 0 && row + H < cell.cycles.length,
    )
    const requests = rows.map((row) => ({
      cell: { name: cell.cell, description: described(cell), cycles: [cut(cell.cycles[row], startVoltage)] },
      scenarios: [plan(cell, row, H)],
      horizon: H,
    }))
    const answers = assessCells({ ...model, forward: kernelForward }, requests)
    return rows.flatMap((row, i) => {
      const [answer] = answers[i]
      const truth = Float64Array.from({ length: H }, (_, t) => cell.cycles[row + t].dischargeCapacity ?? NaN)
      return 'trajectory' in answer && truth.every(Number.isFinite) ? [{ cell, row, truth, answer }] : []
    })
  })
}

export function described(
  cell: TrainingCell,
): { name: string; temperature_degC: null; simulated: false } & TrainingCell['description'] {
  return { name: cell.cell, temperature_degC: null, simulated: false, ...cell.description }
}

/** The use that followed a row, as the plan. */
function followed(cell: TrainingCell, row: number, H: number): Scenario {
  const rated = cell.description.nominalCapacity_Ah ?? 1
  const blocks = Array.from({ length: H }, (_, t): ScenarioBlock => {
    const { chargeRate, dischargeRate, temperature } = measuredUse(cell.cycles[row + t], rated)
    return {
      cycles: 1,
      charge_rate: chargeRate ?? 0.5,
      discharge_rate: dischargeRate ?? 1,
      temperature_degC: temperature ?? 25,
    }
  })
  return { name: 'as followed', blocks }
}

/** The cycle as if its charge had started at that voltage. */
export function cut(
  cycle: TrainingCell['cycles'][number],
  startVoltage: number | undefined,
): TrainingCell['cycles'][number] {
  const curve = cycle.chargeCurve
  if (startVoltage === undefined || curve?.from === undefined || curve.from === null || curve.to === null)
    return cycle
  const { from, to, charge } = curve
  if (startVoltage <= from) return cycle
  const at = (voltage: number): number => {
    const place = Math.min(charge.length - 1.001, ((voltage - from) / (to - from)) * (charge.length - 1))
    const left = Math.floor(place)
    return charge[left] + (place - left) * (charge[left + 1] - charge[left])
  }
  const late = charge.map(
    (_, i) => at(startVoltage + ((to - startVoltage) * i) / (charge.length - 1)) - at(startVoltage),
  )
  return { ...cycle, chargeCurve: { from: startVoltage, to, charge: late } }
}
