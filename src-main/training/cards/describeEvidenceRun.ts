import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import type {
  DegradationMode,
  IntervalTable,
  Manifest,
  TrainedDomain,
} from '../../../src-shared/forecast/package.ts'
import type { PackageDraft } from '../../checkpoints/modelPackage.ts'
import { dataFile, metricsRecord, notesRecord } from './describeRun.ts'
import { evidenceCard } from './evidenceCard.ts'
import type { Evaluation } from '../judging/evaluate.ts'
import { horizonOf } from '../problem/horizons.ts'
import type { LeftOutRow } from '../evidence/calibrateEvidence.ts'
import { addTally, emptyTally, metricsOf, tallyWindow, type ErrorTally } from '../judging/metrics.ts'
import { settingsRecord } from '../problem/settings.ts'
import { ratedCapacityOf, type TrainingCell } from '../problem/trainingCell.ts'
import type { TrainingConfig } from '../problem/trainingConfig.ts'
import { changesUse, conditionsOf } from './visitedConditions.ts'

export interface FinishedEvidenceRun {
  readonly config: TrainingConfig
  /** Those trained on. */
  readonly cells: readonly TrainingCell[]
  readonly types: readonly CellTypeEvidence[]
  readonly parameters: Record<string, Float32Array>
  readonly interval: IntervalTable
  readonly leftOut: readonly LeftOutRow[]
  readonly modes: readonly DegradationMode[]
}

/** Manifest, weights, evidence and card of a finished run; its scores are those of cells left out. */
export function describeEvidenceRun(run: FinishedEvidenceRun): PackageDraft {
  const { config, cells, types, parameters, interval } = run
  const { settings, name, preset, seed, program } = config
  const conditions = crossScores(run)
  const manifest: Omit<Manifest, 'weightsSha256'> = {
    schema: 'pimoe-model/1',
    name,
    created: new Date().toISOString(),
    program,
    simulated: cells.some((cell) => cell.simulated),
    network: settings.network,
    input: settings.input,
    scaler: {
      mean: new Array<number>(settings.network.F).fill(0),
      scale: new Array<number>(settings.network.F).fill(1),
    },
    domain: domainOf(run),
    interval,
    modes: run.modes,
    training: {
      preset,
      seed,
      epochs: settings.epochs,
      settings: { ...settingsRecord(settings), ...notesRecord(config) },
      data: config.cells.flatMap((cell) => dataFile(cell)),
    },
    metrics: metricsRecord(conditions, interval, 'left out'),
  }
  return {
    manifest,
    parameters,
    evidence: types,
    card: evidenceCard({ manifest, types, conditions, notes: config.notes ?? [] }),
  }
}

function domainOf({ config, cells, types }: FinishedEvidenceRun): TrainedDomain {
  const { T } = config.settings.network
  const health = cells.flatMap((cell) => {
    const rated = ratedCapacityOf(cell)
    return cell.cycles.flatMap(({ dischargeCapacity }) =>
      dischargeCapacity === null ? [] : [dischargeCapacity / rated],
    )
  })
  const grids = types.map(({ present }) => present.grid)
  return {
    cellTypes: types.map(({ label, chemistry, nominalCapacity_Ah }) => ({
      label,
      chemistry,
      nominalCapacity_Ah,
    })),
    conditions: types.flatMap(({ label }) =>
      conditionsOf(
        cells.filter((cell) => labelOf(cell) === label),
        T,
      ).map((condition) => ({ ...condition, type: label })),
    ),
    hasChangingUse: cells.some(changesUse),
    window: { from: Math.min(...grids.map(({ from }) => from)), to: Math.max(...grids.map(({ to }) => to)) },
    features: pooledRanges(types),
    stateOfHealth: {
      low: health.reduce((low, x) => Math.min(low, x), Infinity),
      high: health.reduce((high, x) => Math.max(high, x), -Infinity),
    },
  }
}

function labelOf(cell: TrainingCell): string {
  return `${cell.description.chemistry ?? 'unknown'} ${ratedCapacityOf(cell)} Ah`
}

function pooledRanges(types: readonly CellTypeEvidence[]): TrainedDomain['features'] {
  const over = (
    pick: (type: CellTypeEvidence) => readonly number[],
    join: (...values: number[]) => number,
  ): number[] => pick(types[0]).map((_, f) => join(...types.map((type) => pick(type)[f])))
  return {
    low: over(({ features }) => features.low, Math.min),
    high: over(({ features }) => features.high, Math.max),
  }
}

/** Scores of the rows left out that were followed over their condition's horizon. */
function crossScores({ config, cells, leftOut, interval }: FinishedEvidenceRun): Evaluation['conditions'] {
  const byCell = new Map<number, ErrorTally>()
  const { T } = config.settings.network
  for (const one of leftOut) {
    const cell = cells[one.row.cell]
    const horizon = horizonOf(cell.condition, T)
    const { row, future } = one.row
    const truth = future.capacity.slice(row, row + horizon)
    if (truth.length < horizon || !truth.every(Number.isFinite)) continue
    const tally = byCell.get(one.row.cell) ?? emptyTally()
    byCell.set(one.row.cell, tally)
    const rated = ratedCapacityOf(cell)
    const half = halfWidths(interval, one, labelOf(cell))
    tallyWindow(
      tally,
      truth.map((value) => value * rated),
      one.predicted.slice(0, horizon).map((value) => value * rated),
      half.map((value) => value * rated),
    )
  }
  const names = [...new Set([...byCell.keys()].map((cell) => cells[cell].condition))]
  return names.map((name) => {
    const members = [...byCell].filter(([cell]) => cells[cell].condition === name)
    const total = emptyTally()
    for (const [, tally] of members) addTally(total, tally)
    return {
      name,
      horizon: horizonOf(name, T),
      ...metricsOf(total),
      cells: members.map(([cell, tally]) => ({ cell: cells[cell].cell, ...metricsOf(tally) })),
    }
  })
}

function halfWidths(
  { conditions = [], score }: IntervalTable,
  { row }: LeftOutRow,
  type: string,
): Float64Array {
  const { chargeRate, dischargeRate, temperature } = row.own
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 2e-3 * Math.abs(b)
  const found = conditions.find(
    (one) =>
      near(one.charge_rate, chargeRate) &&
      near(one.discharge_rate, dischargeRate) &&
      near(one.temperature_degC, temperature) &&
      one.type === type,
  )
  return Float64Array.from(score, (factor, t) => factor * (found?.error[t] ?? 0))
}
