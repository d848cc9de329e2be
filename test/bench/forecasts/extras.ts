import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { assess, type AssessmentRequest } from '../../../src-shared/forecast/assess.ts'
import { extraMeasurements, type ExtraKind } from '../../../src-shared/forecast/extraMeasurement.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { cut, described } from './windows.ts'

const starts = [undefined, 3.65, 3.71, 3.76, 3.82, 3.88, 3.94]
const rowsOfCell = 12

interface Comparison {
  /** How much narrower the interval was promised to be, and was, Ah. */
  readonly promised: number
  readonly realised: number
  /** How much nearer to the truth the present capacity came, Ah. */
  readonly nearer: number
}

/** Promised against realised narrowing of test cells whose charges and rests were hidden and shown again. */
export function extraLines(model: ModelPackage, test: readonly TrainingCell[]): string[] {
  const all = test.flatMap((cell) => comparisonsOf(model, cell))
  const promised = all.map((one) => one.promised)
  const rho = (values: readonly number[]): string => spearman(promised, values).toFixed(2)
  return [
    '## What a further measurement would bring',
    `Charges begun late or without a rest, then shown whole, of test cells (${all.length} cases): the rank correlation of the narrowing that was`,
    `promised before with the one that came is ${rho(all.map((one) => one.realised))} (the table of windows makes both); with how much nearer to the truth the present capacity came, ${rho(all.map((one) => one.nearer))}.`,
  ]
}

function comparisonsOf(model: ModelPackage, cell: TrainingCell): Comparison[] {
  const rows = Array.from({ length: rowsOfCell }, (_, i) => Math.floor((i * cell.cycles.length) / rowsOfCell))
  return rows.flatMap((row) =>
    starts.flatMap((start) =>
      [true, false].flatMap((hasRest) => {
        if (start === undefined && hasRest) return []
        const whole = cell.cycles[row]
        const late = cut(whole, start)
        const masked = hasRest ? late : { ...late, relaxation: null }
        return compared({ model, cell, whole, masked, kind: kindOf(start, hasRest) }) ?? []
      }),
    ),
  )
}

function kindOf(start: number | undefined, hasRest: boolean): ExtraKind {
  if (start === undefined) return 'rest'
  return hasRest ? 'lower-start' : 'whole'
}

function compared({
  model,
  cell,
  whole,
  masked,
  kind,
}: {
  model: ModelPackage
  cell: TrainingCell
  whole: Cycle
  masked: Cycle
  kind: ExtraKind
}): Comparison | null {
  const request = (cycle: Cycle): AssessmentRequest => ({
    model,
    cell: { name: cell.cell, description: described(cell), cycles: [cycle] },
    horizon: 50,
  })
  const truth = whole.dischargeCapacity
  if (truth === null) return null
  try {
    const promise = extraMeasurements(request(masked))?.measurements.find((one) => one.kind === kind)
    if (promise === undefined) return null
    const [before, after] = [masked, whole].map((cycle) => assess(request(cycle)))
    const width = ({ trajectory }: typeof before): number =>
      (trajectory.at(-1)?.high_Ah ?? 0) - (trajectory.at(-1)?.low_Ah ?? 0)
    const off = ({ presentCapacity }: typeof before): number => Math.abs(presentCapacity.value_Ah - truth)
    return {
      promised: promise.widthNow_Ah - promise.widthThen_Ah,
      realised: width(before) - width(after),
      nearer: off(before) - off(after),
    }
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

/** Spearman's rank correlation; ties share their mean rank. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (x.length - 1) / 2
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, i) => sum + (value - middle) * (q[i] - middle), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((p, q) => values[p] - values[q])
  const rank = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++
    for (let i = from; i <= to; i++) rank[order[i]] = (from + to) / 2
    from = to + 1
  }
  return rank
}
