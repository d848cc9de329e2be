import { cycleInput } from '../../../src-shared/forecast/networkInput.ts'
import type {
  DataFile,
  IntervalTable,
  Manifest,
  Scaler,
  TrainedCellType,
  TrainedDomain,
} from '../../../src-shared/forecast/package.ts'
import { completePackage, type PackageDraft } from '../../checkpoints/modelPackage.ts'
import { calibrate } from '../judging/calibrate.ts'
import { evaluate, type Evaluation } from '../judging/evaluate.ts'
import { defaultHorizon } from '../problem/horizons.ts'
import { modelCard } from './modelCard.ts'
import type { TrainedNetwork } from '../network/predict.ts'
import { leastTrainingRows, samplesOf, type Samples } from '../windows/samples.ts'
import { settingsRecord } from '../problem/settings.ts'
import { inRole, ratedCapacityOf, type TrainingCell } from '../problem/trainingCell.ts'
import type { TrainingConfig } from '../problem/trainingConfig.ts'
import { changesUse, conditionsOf } from './visitedConditions.ts'

export interface FinishedRun {
  readonly config: TrainingConfig
  readonly scaler: Scaler
  /** Training windows. */
  readonly train: Samples
  readonly network: TrainedNetwork
  readonly bestEpoch: number
}

/** Manifest, weights and card of a finished run: what it was trained on, how it scored, and how sure it may be. */
export function describeRun(run: FinishedRun): PackageDraft {
  const { config, network } = run
  const { cells } = config
  const manifest = { ...bareManifest(run), ...whereItHolds(run) }
  const { parameters } = network
  const evaluation = evaluate({
    package: completePackage({ manifest, parameters }),
    cells: inRole(cells, 'validation'),
    ...validationHorizon(run),
  })
  const complete = {
    ...manifest,
    metrics: metricsRecord(evaluation.conditions, manifest.interval, 'validation'),
  }
  return { manifest: complete, parameters, card: modelCard(complete, evaluation, config.notes ?? []) }
}

/** Published networks get neither: they answer everything, and cells in two roles would make the interval too narrow. */
function whereItHolds(run: FinishedRun): Pick<Manifest, 'interval' | 'domain'> {
  const { config, scaler, network } = run
  const { cells, settings } = config
  if (settings.recipe === 'published') return { interval: null, domain: null }
  const held = inRole(cells, 'validation', 'calibration')
  const windows = samplesOf(held, { ...settings, scaler, leastRows: leastTrainingRows })
  return { interval: calibrate(network, windows), domain: domainOf(run) }
}

/** Each condition's own horizon where the network reaches it; a shorter network is judged by what it and the cells can. */
function validationHorizon({ config }: FinishedRun): { horizon?: number } {
  const { T } = config.settings.network
  if (T >= defaultHorizon) return {}
  const shortest = Math.min(...inRole(config.cells, 'validation').map((cell) => cell.cycles.length))
  return { horizon: Math.max(1, Math.min(T, shortest - 1)) }
}

function bareManifest({ config, scaler, bestEpoch }: FinishedRun): Omit<Manifest, 'weightsSha256'> {
  const { cells, settings, name, preset, seed, program } = config
  return {
    schema: 'pimoe-model/1',
    name,
    created: new Date().toISOString(),
    program,
    simulated: cells.some((cell) => cell.simulated),
    network: settings.network,
    input: settings.input,
    scaler,
    domain: null,
    interval: null,
    training: {
      preset,
      seed,
      epochs: bestEpoch,
      settings: { ...settingsRecord(settings), ...notesRecord(config) },
      data: cells.flatMap((cell) => dataFile(cell)),
    },
    metrics: null,
  }
}

export function notesRecord({ notes = [] }: TrainingConfig): Record<string, string> {
  return notes.length === 0 ? {} : { notes: notes.join(' ') }
}

/** Folder and file name only: where a machine keeps its data says nothing, the hash says which file it was. */
export function dataFile({ path, sha256, role }: TrainingCell): DataFile[] {
  return role === 'test' ? [] : [{ path: path.split(/[\\/]/).slice(-2).join('/'), sha256, role }]
}

/** Scores as one flat record, those of each condition under what they were measured on. */
export function metricsRecord(
  conditions: Evaluation['conditions'],
  interval: IntervalTable | null,
  judged: string,
): Record<string, number> {
  const metrics: Record<string, number> = {
    ...pooled(conditions),
    ...(interval === null ? {} : { coverage90: interval.coverage, calibrationCells: interval.cells }),
  }
  for (const { name, mape, step1Mape } of conditions) {
    if (mape !== null) metrics[`${judged} mape % ${name}`] = rounded(mape)
    if (step1Mape !== null) metrics[`${judged} step1Mape % ${name}`] = rounded(step1Mape)
  }
  return metrics
}

/** MAPE and that of the present capacity over all validation windows, as one figure for reports. */
function pooled(conditions: Evaluation['conditions']): Record<string, number> {
  const answered = conditions.filter(({ mape }) => mape !== null)
  const windows = answered.reduce((sum, condition) => sum + condition.windows, 0)
  const mean = (key: 'mape' | 'step1Mape'): number =>
    rounded(answered.reduce((sum, condition) => sum + (condition[key] ?? 0) * condition.windows, 0) / windows)
  return windows === 0 ? {} : { mape: mean('mape'), step1Mape: mean('step1Mape') }
}

function domainOf({ config, train }: FinishedRun): TrainedDomain {
  const cells = inRole(config.cells, 'train')
  const curves = cells.flatMap((cell) => cell.cycles.flatMap(({ chargeCurve }) => chargeCurve ?? []))
  const { from, to } = curves[0]
  const { T } = config.settings.network
  const health = Array.from(train.target).filter((_, i) => i % T === 0 && train.mask[i] === 1)
  return {
    cellTypes: cellTypesOf(cells),
    conditions: conditionsOf(cells, config.settings.network.T),
    hasChangingUse: cells.some(changesUse),
    window: from === null || to === null ? null : { from, to },
    features: featureRanges(cells, config),
    stateOfHealth: { low: least(health), high: greatest(health) },
  }
}

function cellTypesOf(cells: readonly TrainingCell[]): TrainedCellType[] {
  const types = new Map<string, TrainedCellType>()
  for (const cell of cells) {
    const chemistry = cell.description.chemistry ?? 'unknown'
    const nominalCapacity_Ah = ratedCapacityOf(cell)
    const label = `${chemistry} ${nominalCapacity_Ah} Ah`
    types.set(label, { label, chemistry, nominalCapacity_Ah })
  }
  return [...types.values()]
}

function featureRanges(
  cells: readonly TrainingCell[],
  { settings }: TrainingConfig,
): TrainedDomain['features'] {
  const rows = cells.flatMap((cell) =>
    cell.cycles.flatMap((cycle) => {
      const options = { input: settings.input, scaler: null, ratedCapacity: ratedCapacityOf(cell) }
      return cycleInput(cycle, options)?.rawFeatures ?? []
    }),
  )
  const columns = Array.from({ length: settings.network.F }, (_, f) =>
    rows.map((row) => row[f]).filter(Number.isFinite),
  )
  return { low: columns.map(least), high: columns.map(greatest) }
}

function least(values: readonly number[]): number {
  return values.reduce((low, x) => Math.min(low, x), Infinity)
}

function greatest(values: readonly number[]): number {
  return values.reduce((high, x) => Math.max(high, x), -Infinity)
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
