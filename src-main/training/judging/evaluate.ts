import { Failure } from '../../../src-shared/failure/failure.ts'
import { resolveCellType } from '../../../src-shared/forecast/cellType.ts'
import { halfWidth } from '../../../src-shared/forecast/interval.ts'
import { measuredUse } from '../../../src-shared/forecast/networkInput.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { isVisited } from '../../../src-shared/forecast/use.ts'
import type { AmpereHour } from '../../../src-shared/units/quantities.ts'
import {
  addTally,
  emptyTally,
  metricsOf,
  tallyWindow,
  type ErrorTally,
  type ForecastMetrics,
} from './metrics.ts'
import { tallyEvidence } from './evaluateEvidence.ts'
import { wantedHorizon } from '../problem/horizons.ts'
import { forecast } from '../network/predict.ts'
import { samplesOf, selectSamples, type Samples } from '../windows/samples.ts'
import type { TrainingCell } from '../problem/trainingCell.ts'

export interface EvaluationQuestion {
  readonly package: ModelPackage
  readonly cells: readonly TrainingCell[]
  /** Steps judged; absent: 50, and 10 for `UL-NCA CY25-1_1`, whose cells are short. */
  readonly horizon?: number
  /** Hides the charge curve below it, V. */
  readonly startVoltage?: number
}

export interface Evaluation {
  readonly schema: 'pimoe-evaluation/1'
  readonly model: { readonly name: string; readonly sha256: string }
  readonly conditions: readonly ({
    readonly name: string
    readonly horizon: number
    readonly cells: readonly ({ readonly cell: string } & ForecastMetrics)[]
  } & ForecastMetrics)[]
}

/**
 * How far the forecasts of a model are from what the cells did: each window sees one row's curve and rest and the use
 * that followed, never a discharge capacity.
 *
 * Windows start at rows 0 … rows−H−1 (LSD: 1 … rows−H). A cell of a chemistry the model does not know counts as refused.
 * Throws `horizon-beyond-model` or `start-voltage-unsupported` (not determinable).
 */
export function evaluate(question: EvaluationQuestion): Evaluation {
  const { package: model, cells } = question
  if (model.manifest.input.kind !== 'evidence') refuseStartVoltage(question.startVoltage)
  const conditions = [...groupedByCondition(cells)].map(([name, members]) => {
    const horizon = horizonFor(question, name)
    const total = emptyTally()
    const judged = members.map((cell) => {
      const tally = tallyCell(model, cell, { horizon, startVoltage: question.startVoltage })
      addTally(total, tally)
      return { cell: cell.cell, ...metricsOf(tally) }
    })
    return { name, horizon, ...metricsOf(total), cells: judged }
  })
  return {
    schema: 'pimoe-evaluation/1',
    model: { name: model.manifest.name, sha256: model.sha256 },
    conditions,
  }
}

function horizonFor({ package: { manifest }, horizon }: EvaluationQuestion, condition: string): number {
  const wanted = horizon ?? wantedHorizon(condition)
  if (wanted <= manifest.network.T || manifest.input.kind === 'evidence') return wanted
  const message = `This model answers at most ${manifest.network.T} cycles ahead, not ${wanted}.`
  throw new Failure('not-determinable', 'horizon-beyond-model', message, {
    advice: `Ask for a horizon of ${manifest.network.T} or less.`,
    found: String(wanted),
  })
}

function refuseStartVoltage(startVoltage: number | undefined): void {
  if (startVoltage === undefined) return
  const message =
    'This model reads the whole charge window; it cannot do without the part below a start voltage.'
  throw new Failure('not-determinable', 'start-voltage-unsupported', message, {
    advice: 'Evaluate without a start voltage, or choose a model trained with masked curves.',
    found: String(startVoltage),
  })
}

function groupedByCondition(cells: readonly TrainingCell[]): Map<string, TrainingCell[]> {
  const groups = new Map<string, TrainingCell[]>()
  for (const cell of cells) groups.set(cell.condition, [...(groups.get(cell.condition) ?? []), cell])
  return groups
}

/** LSD skips its first row instead of its last window. */
function windowRows({ condition, cycles }: TrainingCell, horizon: number): { first: number; last: number } {
  const first = condition === 'LSD' ? 1 : 0
  return { first, last: cycles.length - horizon - 1 + first }
}

function tallyCell(
  model: ModelPackage,
  cell: TrainingCell,
  { horizon, startVoltage }: { horizon: number; startVoltage: number | undefined },
): ErrorTally {
  const tally = emptyTally()
  const { first, last } = windowRows(cell, horizon)
  const expected = Math.max(0, last - first + 1)
  const ratedCapacity = knownCapacity(model, cell)
  if (ratedCapacity === null) return { ...tally, refused: expected }
  if (model.manifest.input.kind === 'evidence') {
    return tallyEvidence(model, { cell, first, last, ratedCapacity, horizon, startVoltage })
  }
  const samples = windowsOf(model, cell, { first, last, ratedCapacity })
  tally.refused = expected - samples.N
  const { input, network } = model.manifest
  const relative = forecast({ network, input, parameters: model.parameters }, samples, model.forward)
  const capacity = Float64Array.from(
    relative,
    (value) => value * (input.kind === 'joint' ? ratedCapacity : 1),
  )
  const half = halfWidths(model, { cell, samples, capacity, horizon, ratedCapacity })
  const { T } = network
  for (let i = 0; i < samples.N; i++) {
    const truth = Float64Array.from(
      { length: horizon },
      (_, t) => cell.cycles[samples.row[i] + t].dischargeCapacity ?? NaN,
    )
    if (!truth.every(Number.isFinite)) continue
    tallyWindow(tally, truth, capacity.subarray(i * T, i * T + horizon), half?.subarray(i * T) ?? null)
  }
  return tally
}

/** Rated capacity of a cell that the model may answer for; null where it must refuse. */
function knownCapacity({ manifest }: ModelPackage, cell: TrainingCell): AmpereHour | null {
  if (manifest.input.kind === 'legacy') return 1
  try {
    const open = { name: cell.cell, temperature_degC: null, simulated: cell.simulated }
    return resolveCellType({ ...open, ...cell.description }, manifest).ratedCapacity
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

function windowsOf(
  { manifest }: ModelPackage,
  cell: TrainingCell,
  { first, last, ratedCapacity }: { first: number; last: number; ratedCapacity: AmpereHour },
): Samples {
  const { input, scaler, network } = manifest
  const stated = input.kind === 'legacy' ? cell.description.nominalCapacity_Ah : ratedCapacity
  const described = { ...cell, description: { ...cell.description, nominalCapacity_Ah: stated } }
  const all = samplesOf([described], {
    input,
    scaler,
    network,
    leastRows: Math.max(1, cell.cycles.length - last),
  })
  return selectSamples(
    all,
    Int32Array.from(all.row.keys()).filter((i) => all.row[i] >= first),
  )
}

interface BandQuestion {
  readonly cell: TrainingCell
  readonly samples: Samples
  readonly capacity: Float64Array
  readonly horizon: number
  readonly ratedCapacity: AmpereHour
}

/** (N,T) Ah, null where the model has no interval. */
function halfWidths({ manifest }: ModelPackage, question: BandQuestion): Float64Array | null {
  const { interval, domain, network } = manifest
  if (interval === null) return null
  const { cell, samples, capacity, horizon, ratedCapacity } = question
  const visited = cell.cycles.map((cycle) => {
    const { chargeRate, dischargeRate, temperature } = measuredUse(cycle, ratedCapacity)
    if (chargeRate === null || dischargeRate === null || temperature === null) return true
    return isVisited({ chargeRate, dischargeRate, temperature }, domain?.conditions ?? [])
  })
  const half = new Float64Array(capacity.length)
  for (let i = 0; i < samples.N; i++) {
    const row = samples.row[i]
    const seen = { own: visited[row], plan: !visited.slice(row, row + horizon).includes(false) }
    for (let step = 0; step < horizon; step++) {
      const at = i * network.T + step
      const fade = Math.abs(capacity[at] - capacity[i * network.T])
      half[at] = halfWidth({ interval, step, fade, ratedCapacity, visited: seen })
    }
  }
  return half
}
