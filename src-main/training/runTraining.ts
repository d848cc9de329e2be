import type { EpochReport } from '../../src-shared/contract/run.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { fitScaler, cycleInput } from '../../src-shared/forecast/networkInput.ts'
import type { Scaler } from '../../src-shared/forecast/package.ts'
import { seededRandom, type SeededRandom } from '../../src-shared/network/seededRandom.ts'
import { leadCrew, type Crew } from '../kernels/crew.ts'
import type { NetworkForward } from '../../src-shared/network/shape.ts'
import { describeRun } from './cards/describeRun.ts'
import { runEvidenceTraining } from './evidenceTraining.ts'
import { byCondition, drawWindows, evenWindows } from './windows/drawWindows.ts'
import {
  diverged,
  meanOfIterations,
  runRoom,
  startNetworkRun,
  type EpochMeans,
  type NetworkRun,
} from './network/networkRun.ts'
import { forecast, type TrainedNetwork } from './network/predict.ts'
import {
  noWhitening,
  publishedLoss,
  publishedScaler,
  publishedWindows,
  shuffledWindows,
} from './network/publishedRecipe.ts'
import { leastTrainingRows, samplesOf, selectSamples, type Samples } from './windows/samples.ts'
import {
  startingState,
  writeRunState,
  type BestEpoch,
  type RunResumption,
  type RunState,
} from './network/runState.ts'
import type { TrainingSettings } from './problem/settings.ts'
import { inRole, ratedCapacityOf, refuseOverlap, type TrainingCell } from './problem/trainingCell.ts'
import type { TrainedPackage, TrainingConfig } from './problem/trainingConfig.ts'
import { fillWindows, meanTarget } from './windows/windowBatch.ts'
import { fitWhitening, foldWhitening, type Whitening } from './windows/whitening.ts'

/**
 * Trains a network on the cells in role `train`, keeps the epoch with the least validation loss, and fits its interval
 * on the cells it never saw. Deterministic for a seed, whatever the crew, which by default is this thread alone; blocks its
 * thread.
 *
 * Throws `split-overlap`, `no-windows`, `capacity-needed`, `diverged`, or what reading and keeping its state throws.
 */
export function runTraining(
  config: TrainingConfig,
  onEpoch: (report: EpochReport) => void,
  crew: Crew = leadCrew(runRoom(config.settings, 1)),
  onResume: (from: RunResumption) => void = () => undefined,
): TrainedPackage {
  const { cells, settings } = config
  if (settings.recipe === 'evidence') return runEvidenceTraining(config, { onEpoch, onResume, crew })
  const isPublished = settings.recipe === 'published'
  // The published lists hold cells twice; config.notes says which.
  if (!isPublished) refuseOverlap(cells)
  const scaler = scalerOf(inRole(cells, 'train'), settings)
  const windows = (role: TrainingCell['role']): Samples =>
    isPublished
      ? publishedWindows(inRole(cells, role), settings, scaler)
      : samplesOf(inRole(cells, role), { ...settings, scaler, leastRows: leastTrainingRows })
  const train = windows('train')
  const validation = windows('validation')
  if (train.N === 0 || validation.N === 0) throw noWindows(train.N === 0 ? 'train' : 'validation')
  const { network, history, bestEpoch } = descend({ config, train, validation, onEpoch, crew, onResume })
  const draft = describeRun({ config, scaler, train, network, bestEpoch })
  return { draft, history, bestEpoch }
}

interface Descent {
  readonly config: TrainingConfig
  readonly train: Samples
  readonly validation: Samples
  readonly onEpoch: (report: EpochReport) => void
  readonly crew: Crew
  readonly onResume: (from: RunResumption) => void
}

function descend({ config, train, validation, onEpoch, crew, onResume }: Descent): {
  network: TrainedNetwork
  history: EpochReport[]
  bestEpoch: number
} {
  const { settings } = config
  const { network, input, epochs, patience } = settings
  const random = seededRandom(config.seed)
  const whitening = whiteningOf(train, settings)
  const source = { samples: train, settings, whitening, random }
  const run = startNetworkRun(
    {
      settings,
      random,
      level: meanTarget(train),
      fill: (batch, places) => fillWindows(batch, places, source),
    },
    crew,
  )
  const watched = watchedWindows(validation, settings)
  const found = startingState(config)
  const resumed = found?.state ?? null
  if (found !== null) {
    random.restore(found.state.random)
    run.restore(found.state.run)
    onResume({ history: found.state.history, findings: found.findings })
  }
  const keep = stateKeeper(config)
  const history = [...(resumed?.history ?? [])]
  let best = resumed?.best ?? null
  for (let epoch = history.length + 1; epoch <= epochs && !isStale(best, epoch - 1, patience); epoch++) {
    const started = performance.now()
    const means = trainEpoch(run, epoch, { train, settings, random })
    const candidate = { network, input, parameters: foldWhitening(run.average, network, whitening) }
    const validationLoss = lossOf(candidate, watched, { settings, crew })
    if (!Number.isFinite(validationLoss)) throw diverged(epoch * iterationsOf(train.N, settings))
    best = better(best, { loss: validationLoss, epoch, network: candidate })
    const report = { epoch, ...means, validationLoss, seconds: (performance.now() - started) / 1000 }
    history.push(report)
    keep({ random: random.state(), run: run.state(), best, history })
    onEpoch(report)
  }
  if (best === null) throw noWindows('an epoch of training')
  return { network: best.network, history, bestEpoch: best.epoch }
}

function isStale(best: BestEpoch | null, epoch: number, patience: number): boolean {
  return best !== null && patience > 0 && epoch - best.epoch >= patience
}

function better(best: BestEpoch | null, candidate: BestEpoch): BestEpoch {
  return best === null || candidate.loss < best.loss ? candidate : best
}

interface EpochSource {
  readonly train: Samples
  readonly settings: TrainingSettings
  readonly random: SeededRandom
}

/** All iterations of an epoch; their mean loss and gate entropy. */
function trainEpoch(run: NetworkRun, epoch: number, { train, settings, random }: EpochSource): EpochMeans {
  const iterations = iterationsOf(train.N, settings)
  const nextBatch = epochBatches(train, settings, random)
  return meanOfIterations(iterations, (i) => {
    const progress = ((epoch - 1) * iterations + i) / (settings.epochs * iterations)
    return run.iterate(nextBatch(i), learningRate(settings, progress))
  })
}

function whiteningOf(train: Samples, { recipe, network, curveNoise }: TrainingSettings): Whitening {
  if (recipe === 'published') return noWhitening(network.V)
  return fitWhitening(train.curve, network.V, curveNoise)
}

function lossOf(
  candidate: TrainedNetwork,
  watched: Samples,
  { settings, crew }: { settings: TrainingSettings; crew: Crew },
): number {
  if (settings.recipe === 'published') return publishedLoss(candidate, watched, settings.diversityWeight)
  return balancedLoss(candidate, watched, crew.forward)
}

/** Writes the state of the run after its first epoch, so that a full disk is found out early, then when it is time to. */
function stateKeeper(config: TrainingConfig): (state: RunState) => void {
  const { checkpoint } = config
  let last = -Infinity
  return (state) => {
    if (checkpoint === undefined || performance.now() - last < 1000 * checkpoint.everySeconds) return
    writeRunState(checkpoint.folder, config, state)
    last = performance.now()
  }
}

function iterationsOf(windows: number, { windowsPerEpoch, batch }: TrainingSettings): number {
  if (windowsPerEpoch === 0) return Math.ceil(windows / batch)
  return Math.max(1, Math.round(windowsPerEpoch / batch))
}

/** Places of the windows of each of an epoch's iterations. */
function epochBatches(
  train: Samples,
  { windowsPerEpoch, batch }: TrainingSettings,
  random: SeededRandom,
): (iteration: number) => Int32Array {
  if (windowsPerEpoch > 0) {
    const groups = byCondition(train)
    return () => drawWindows(groups, batch, random)
  }
  const order = shuffledWindows(train.N, batch, random)
  return (iteration) => order.subarray(iteration * batch, (iteration + 1) * batch)
}

/** Validation windows that choose the epoch: all where the settings name no number. */
function watchedWindows(validation: Samples, { validationWindows }: TrainingSettings): Samples {
  if (validationWindows === 0) return validation
  return selectSamples(validation, evenWindows(byCondition(validation), validationWindows))
}

function learningRate(
  { learningRate: first, lastLearningRate: last }: TrainingSettings,
  progress: number,
): number {
  return last + (first - last) * 0.5 * (1 + Math.cos(Math.PI * progress))
}

/**
 * Square of the mean over conditions of their root mean squared errors: none is chosen away, and the hardest one does not
 * decide alone.
 */
function balancedLoss(model: TrainedNetwork, samples: Samples, forward: NetworkForward): number {
  const predicted = forecast(model, samples, forward)
  const { T } = model.network
  const roots = [...byCondition(samples).values()].map((places) => {
    let sum = 0
    let count = 0
    for (const i of places) {
      for (let at = i * T; at < (i + 1) * T; at++) {
        sum += samples.mask[at] * (predicted[at] - samples.target[at]) ** 2
        count += samples.mask[at]
      }
    }
    return Math.sqrt(sum / Math.max(1, count))
  })
  return (roots.reduce((sum, root) => sum + root, 0) / roots.length) ** 2
}

function scalerOf(cells: readonly TrainingCell[], settings: TrainingSettings): Scaler {
  const { input } = settings
  if (settings.recipe === 'published') {
    const scaler = publishedScaler(cells, settings)
    if (scaler === null) throw noWindows('train')
    return scaler
  }
  const rows = cells.flatMap((cell) => {
    const ratedCapacity = input.kind === 'joint' ? ratedCapacityOf(cell) : 1
    return cell.cycles.flatMap((cycle) => {
      const seen = cycleInput(cycle, { input, scaler: null, ratedCapacity })
      return seen === null ? [] : [seen.rawFeatures]
    })
  })
  if (rows.length === 0) throw noWindows('train')
  return fitScaler(rows)
}

function noWindows(role: string): Failure {
  const message = `No cell for ${role} holds a window that this network can read.`
  return new Failure('not-determinable', 'no-windows', message, {
    advice: `Give cells with at least ${leastTrainingRows} cycles, a charge curve and a rest after it.`,
  })
}
