import type { EpochReport } from '../../src-shared/contract/run.ts'
import type { CellTypeEvidence } from '../../src-shared/evidence/cellTypeEvidence.ts'
import { wholeWindow } from '../../src-shared/evidence/state.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Crew } from '../kernels/crew.ts'
import { calibrateEvidence, type LeftOutRow } from './evidence/calibrateEvidence.ts'
import { describeEvidenceRun } from './cards/describeEvidenceRun.ts'
import { trainEvidenceNetwork, type EvidenceSet } from './evidence/evidenceNetwork.ts'
import { evidenceWindows, fitEvidence, rowsByType } from './evidence/evidenceRows.ts'
import type { CellTypeRows, EvidenceRow } from './evidence/evidenceRow.ts'
import { fitPerceptron } from './perceptron/fitPerceptron.ts'
import { chooseRidge } from './regression/fitPresent.ts'
import { groupedBy } from './problem/grouping.ts'
import { bestShares, judge, predictedAt, type BlendShares, type JudgedRow } from './evidence/blendShares.ts'
import { measureModes, readGates, type GateRecord } from './evidence/modes.ts'
import { folds, foldsByCell } from './regression/presentRows.ts'
import type { RunResumption } from './network/runState.ts'
import { startingState, writeRunState, type RunState } from './network/runState.ts'
import type { TrainingSettings } from './problem/settings.ts'
import { inRole, refuseOverlap } from './problem/trainingCell.ts'
import type { TrainedPackage, TrainingConfig } from './problem/trainingConfig.ts'

/** Rows of a cell that are judged when it is left out, evenly spread. */
const judgedPerCell = 80
const watchedRows = 400
/** Rows of a cell in which the gates of all networks are compared. */
const sampledPerCell = 20

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
  const gates: GateRecord[] = []
  const sample = someOfEach(typedRows(types), sampledPerCell)
  const trainStage = (isLeftOut: (row: EvidenceRow) => boolean, stage: number): FittedStage => {
    const isFinal = stage === stages.length - 1
    const evidence = types.map((type, i) => {
      const known = { ...type, rows: type.rows.filter((row) => !isLeftOut(row)) }
      const windows = isFinal ? evidenceWindows(type.grid) : [wholeWindow]
      const order = { T: settings.network.T, seed: config.seed + stage }
      return withPerceptron(fitEvidence(known, windows, ridges[i]), known, order)
    })
    const set = evidenceSet(types, evidence, isLeftOut)
    const parameters = progress.train(stage, set, { settings, seed: config.seed + stage, crew })
    judged.push(...judge(set, { parameters, settings, crew }))
    gates.push(
      readGates({ all: sample, leftOut: set.leftOut, types: evidence }, { parameters, settings, crew }),
    )
    return { types: evidence, parameters }
  }
  const [final] = stages.map(trainStage).slice(-1)
  const shares = bestShares(judged, types)
  const leftOut = judged.map((one): LeftOutRow => ({
    row: one.row,
    type: one.type,
    predicted: predictedAt(one, shares[one.type]),
  }))
  const evidence = final.types.map((type, i) => withShares(type, shares[i]))
  const interval = calibrateEvidence(leftOut, types, settings.network.T)
  const draft = describeEvidenceRun({
    config,
    cells,
    types: evidence,
    parameters: final.parameters,
    interval,
    leftOut,
    modes: measureModes(sample, gates),
  })
  return { draft, history: progress.history, bestEpoch: progress.history.length }
}

interface FittedStage {
  readonly types: CellTypeEvidence[]
  readonly parameters: Record<string, Float32Array>
}

/** With a second opinion that has no share yet. */
function withPerceptron(
  type: CellTypeEvidence,
  { rows, grid }: CellTypeRows,
  { T, seed }: { T: number; seed: number },
): CellTypeEvidence {
  const network = fitPerceptron(rows, { grid, T, seed })
  if (network === null) return type
  return { ...type, present: { ...type.present, perceptron: { network, presentShare: 0, fadeShare: 0 } } }
}

/** What has no share is not kept. */
function withShares(type: CellTypeEvidence, { present, trend, fade }: BlendShares): CellTypeEvidence {
  const { perceptron, ...regressed } = type.present
  const fadeShare = fade === 0 ? 0 : trend
  const isKept = perceptron !== undefined && (present > 0 || fadeShare > 0)
  const second = isKept
    ? { perceptron: { network: perceptron.network, presentShare: present, fadeShare } }
    : {}
  return { ...type, present: { ...regressed, ...second, fadeShare: fade } }
}

/** What is left out of each training: nothing in the last. */
function stagesOf(types: readonly CellTypeRows[]): ((row: EvidenceRow) => boolean)[] {
  const fold = foldsByCell(types.flatMap(({ rows }) => rows))
  const crossed = Array.from({ length: folds }, (_, k) => (row: EvidenceRow) => fold.get(row.cell) === k)
  return [...crossed, () => false]
}

function typedRows(types: readonly CellTypeRows[]): { row: EvidenceRow; type: number }[] {
  return types.flatMap(({ rows }, type) => rows.map((row) => ({ row, type })))
}

function evidenceSet(
  types: readonly CellTypeRows[],
  evidence: readonly CellTypeEvidence[],
  isLeftOut: (row: EvidenceRow) => boolean,
): EvidenceSet {
  const all = typedRows(types)
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
    leftOut: someOfEach(held, judgedPerCell),
  }
}

/** At most so many rows of each cell. */
function someOfEach<R extends { readonly row: EvidenceRow }>(held: readonly R[], most: number): R[] {
  const byCell = groupedBy(held, ({ row }) => String(row.cell))
  return [...byCell.values()].flatMap((rows) => {
    const count = Math.min(most, rows.length)
    return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)])
  })
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
