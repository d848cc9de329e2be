import type { EpochReport } from '../../src-shared/contract/requests.ts'
import { evidenceReader, type CellTypeEvidence } from '../../src-shared/evidence/cellTypeEvidence.ts'
import { wholeWindow } from '../../src-shared/evidence/state.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { fadeCorrection } from '../../src-shared/forecast/evidenceCapacity.ts'
import type { Fraction } from '../../src-shared/units/quantities.ts'
import type { Crew } from '../kernels/crew.ts'
import { calibrateEvidence, type LeftOutRow } from './calibrateEvidence.ts'
import { describeEvidenceRun } from './describeEvidenceRun.ts'
import { evidenceInput, trainEvidenceNetwork, type EvidenceSet } from './evidenceNetwork.ts'
import {
  evidenceWindows,
  fitEvidence,
  rowsByType,
  type CellTypeRows,
  type EvidenceRow,
} from './evidenceRows.ts'
import { chooseRidge } from './fitPresent.ts'
import { folds, foldsByCell } from './presentRows.ts'
import type { RunResumption } from './runTraining.ts'
import { startingState, writeRunState, type RunState } from './runState.ts'
import type { TrainingSettings } from './settings.ts'
import { inRole, refuseOverlap } from './trainingCell.ts'
import type { TrainedPackage, TrainingConfig } from './trainingConfig.ts'

/** Rows of a cell that are judged when it is left out, evenly spread. */
const judgedPerCell = 80
const watchedRows = 400

export interface EvidenceRunWatch {
  readonly onEpoch: (report: EpochReport) => void
  readonly onResume: (from: RunResumption) => void
  readonly crew: Crew
}

/**
 * Trains a package on evidence: five times with a fifth of every condition's cells left out, which tells how far off it
 * is, then on all cells. The epochs are shared out evenly. Deterministic for a seed, whatever the crew.
 *
 * Throws `split-overlap`, `no-windows`, `capacity-needed`, `diverged`, or what keeping its state throws.
 */
export function runEvidenceTraining(
  config: TrainingConfig,
  { onEpoch, onResume, crew }: EvidenceRunWatch,
): TrainedPackage {
  refuseOverlap(config.cells)
  const cells = inRole(config.cells, 'train', 'validation', 'calibration')
  const types = rowsByType(cells, config.settings.input).filter(({ rows }) => rows.length > 0)
  if (types.length === 0) throw noEvidence()
  const ridges = types.map(({ rows }) => chooseRidge(rows, wholeWindow))
  const stages = stagesOf(types)
  const settings = {
    ...config.settings,
    epochs: Math.max(1, Math.round(config.settings.epochs / stages.length)),
  }
  const progress = progressOf(config, onEpoch, onResume)
  const judged: JudgedRow[] = []
  const trainStage = (isLeftOut: (row: EvidenceRow) => boolean, stage: number): FittedStage => {
    const isFinal = stage === stages.length - 1
    const evidence = types.map((type, i) =>
      fitEvidence(
        { ...type, rows: type.rows.filter((row) => !isLeftOut(row)) },
        isFinal ? evidenceWindows(type.grid) : [wholeWindow],
        ridges[i],
      ),
    )
    const set = evidenceSet(types, evidence, isLeftOut)
    const parameters = progress.train(stage, set, { settings, seed: config.seed + stage, crew })
    judged.push(...judge(set, { parameters, settings, crew }))
    return { types: evidence, parameters }
  }
  const [final] = stages.map(trainStage).slice(-1)
  const shares = bestShares(judged, types)
  const leftOut = judged.map((one): LeftOutRow => ({
    row: one.row,
    type: one.type,
    predicted: predictedAt(one, shares[one.type]),
  }))
  const evidence = final.types.map((type, i) => ({
    ...type,
    present: { ...type.present, fadeShare: shares[i] },
  }))
  const interval = calibrateEvidence(leftOut, types, settings.network.T)
  const draft = describeEvidenceRun({
    config,
    cells,
    types: evidence,
    parameters: final.parameters,
    interval,
    leftOut,
  })
  return { draft, history: progress.history, bestEpoch: progress.history.length }
}

interface FittedStage {
  readonly types: CellTypeEvidence[]
  readonly parameters: Record<string, Float32Array>
}

/** What is left out of each training: nothing in the last. */
function stagesOf(types: readonly CellTypeRows[]): ((row: EvidenceRow) => boolean)[] {
  const fold = foldsByCell(types.flatMap(({ rows }) => rows))
  const crossed = Array.from({ length: folds }, (_, k) => (row: EvidenceRow) => fold.get(row.cell) === k)
  return [...crossed, () => false]
}

function evidenceSet(
  types: readonly CellTypeRows[],
  evidence: readonly CellTypeEvidence[],
  isLeftOut: (row: EvidenceRow) => boolean,
): EvidenceSet {
  const all = types.flatMap(({ rows }, type) => rows.map((row) => ({ row, type })))
  const train = all.filter(({ row }) => !isLeftOut(row))
  const held = all.filter(({ row }) => isLeftOut(row))
  const source = held.length > 0 ? held : train
  const watched = Array.from(
    { length: Math.min(watchedRows, source.length) },
    (_, i, count = Math.min(watchedRows, source.length)) => source[Math.floor((i * source.length) / count)],
  )
  return {
    types: evidence,
    rows: train.map(({ row }) => row),
    typeOf: Int32Array.from(train, ({ type }) => type),
    watched: watched.map(({ row }) => row),
    watchedTypeOf: Int32Array.from(watched, ({ type }) => type),
    leftOut: someOfEach(held),
  }
}

/** At most so many rows of each cell. */
function someOfEach<R extends { readonly row: EvidenceRow }>(held: readonly R[]): R[] {
  const byCell = new Map<number, R[]>()
  for (const one of held) {
    const rows = byCell.get(one.row.cell)
    if (rows === undefined) byCell.set(one.row.cell, [one])
    else rows.push(one)
  }
  return [...byCell.values()].flatMap((rows) => {
    const count = Math.min(judgedPerCell, rows.length)
    return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)])
  })
}

/** What a model says of a row that it never saw, in parts; each (T) relative to the rated capacity. */
interface JudgedRow {
  readonly row: EvidenceRow
  readonly type: number
  readonly present: Fraction
  /** What the network takes off under the use that followed, and under the row's own, held. */
  readonly planned: Float64Array
  readonly held: Float64Array
  readonly regressed: Float64Array
}

function judge(
  { types, leftOut }: EvidenceSet,
  {
    parameters,
    settings,
    crew,
  }: { parameters: Record<string, Float32Array>; settings: TrainingSettings; crew: Crew },
): JudgedRow[] {
  if (leftOut.length === 0) return []
  const { network } = settings
  const { T } = network
  const readings = leftOut.map(({ row, type }) => evidenceReader(types[type]).readState(row.state, row.own))
  const input = evidenceInput(
    leftOut.map(({ row }) => row),
    (i) => types[leftOut[i].type].axes,
    (i) => readings[i].capacity,
    settings,
  )
  const lossOf = (use: Float32Array): ((i: number) => Float64Array) => {
    const { capacity } = crew.forward(parameters, network, network, { ...input, use })
    return (i) => Float64Array.from({ length: T }, (_, t) => capacity[i * T + t] - capacity[i * T])
  }
  const planned = lossOf(input.use)
  const held = lossOf(heldUse(input.use, T))
  return leftOut.map(({ row, type }, i) => ({
    row,
    type,
    present: readings[i].capacity,
    planned: planned(i),
    held: held(i),
    regressed: Float64Array.from({ length: T }, (_, t) => readings[i].fadeAt(t)),
  }))
}

/** (B,T,3) the first use of each window, held. */
function heldUse(use: Float32Array, T: number): Float32Array {
  return use.map((_, i) => use[Math.floor(i / (3 * T)) * 3 * T + (i % 3)])
}

/** Shares of the regression in the fade that are tried. */
const fadeShares = [0, 0.25, 0.5, 0.75, 1]

/** For each type the share with the least mean error over its conditions. */
function bestShares(judged: readonly JudgedRow[], types: readonly CellTypeRows[]): Fraction[] {
  return types.map((_, type) => {
    const own = judged.filter((one) => one.type === type)
    const errors = fadeShares.map((share) => meanError(own, share))
    return fadeShares[errors.indexOf(Math.min(...errors))] ?? 0
  })
}

function meanError(judged: readonly JudgedRow[], share: Fraction): number {
  const byCondition = new Map<string, { sum: number; count: number }>()
  for (const one of judged) {
    const total = byCondition.get(one.row.condition) ?? { sum: 0, count: 0 }
    byCondition.set(one.row.condition, total)
    const predicted = predictedAt(one, share)
    for (let t = 0; t < predicted.length; t++) {
      const lost = one.row.lostAt(t)
      if (!Number.isFinite(lost)) break
      total.sum += Math.abs(predicted[t] - one.row.capacity - lost)
      total.count++
    }
  }
  const means = [...byCondition.values()].map(({ sum, count }) => sum / Math.max(1, count))
  return means.reduce((sum, value) => sum + value, 0) / Math.max(1, means.length)
}

function predictedAt({ present, planned, held, regressed }: JudgedRow, share: Fraction): Float64Array {
  return planned.map(
    (lost, t) =>
      present + lost + fadeCorrection({ share, regressed: regressed[t], planned: lost, held: held[t] }),
  )
}

interface Progress {
  readonly history: EpochReport[]
  train(
    stage: number,
    set: EvidenceSet,
    order: { settings: TrainingSettings; seed: number; crew: Crew },
  ): Record<string, Float32Array>
}

/** Tells of every epoch, keeps the state of the run where it is asked to, and goes on from one. */
function progressOf(
  config: TrainingConfig,
  onEpoch: (report: EpochReport) => void,
  onResume: (from: RunResumption) => void,
): Progress {
  const found = startingState(config)
  const resumed = found?.state ?? null
  if (found !== null) onResume({ history: found.state.history, findings: found.findings })
  const history = [...(resumed?.history ?? [])]
  const finished = [...(resumed?.finished ?? [])]
  let last = -Infinity
  const keep = (state: () => RunState): void => {
    const { checkpoint } = config
    if (checkpoint === undefined || performance.now() - last < 1000 * checkpoint.everySeconds) return
    writeRunState(checkpoint.folder, config, state())
    last = performance.now()
  }
  return {
    history,
    train(stage, set, order) {
      if (stage < finished.length) return finished[stage]
      const { epochs, network } = order.settings
      const done = history.length - stage * epochs
      const from =
        resumed === null || done === 0
          ? undefined
          : { random: resumed.random, run: resumed.run, epochs: done }
      const parameters = trainEvidenceNetwork(set, order, {
        from,
        onEpoch: (report, state) => {
          const told = { ...report, epoch: stage * epochs + report.epoch }
          history.push(told)
          keep(() => {
            const { random, run } = state()
            const { input } = order.settings
            const best = {
              loss: report.validationLoss,
              epoch: told.epoch,
              network: { network, input, parameters: run.average },
            }
            return { random, run, best, history, finished }
          })
          onEpoch(told)
        },
      })
      finished.push(parameters)
      return parameters
    },
  }
}

function noEvidence(): Failure {
  return new Failure(
    'refused',
    'no-windows',
    'No cell shows a whole charge curve with a rest and a measured capacity.',
    {
      advice: 'Choose cells with whole charges, rests after them and full discharges.',
    },
  )
}
