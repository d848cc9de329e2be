import type { Finding } from '../cell/finding.ts'
import type { Nothing } from './nothing.ts'
import type { RunComparison } from './runComparison.ts'
import type { RunDeletion } from './runDeletion.ts'

export interface PresetSummary {
  name: string
  title: string
  /** `product`: the networks this program ships; `sample`: on simulated cells; `legacy`: the published ones. */
  group: 'product' | 'sample' | 'legacy'
  simulated: boolean
  epochs: number
  /** Cells the preset needs, and those not found in the data folder. */
  cells: number
  missing: string[]
  /** What must be said of the cells: those in two roles, and test cells that are not there. */
  notes: string[]
  /** Files of each role that has some, those that are not there too. */
  split: { role: RunFile['role']; files: string[] }[]
}

export interface EpochReport {
  epoch: number
  trainLoss: number
  validationLoss: number
  /** Mean entropy of the gate weights over the training windows, nats. */
  gateEntropy: number
  /** (E) mean gate weight of each expert over the training windows, in the order of the network. */
  gateWeights: number[]
  seconds: number
}

/** A file that trained a network or chose its epoch. */
export interface RunFile {
  /** Folder and name. */
  path: string
  sha256: string
  role: 'train' | 'validation' | 'calibration' | 'test'
}

export interface RunSummary {
  id: string
  preset: string
  /** Of the model. */
  name: string
  /** An interrupted run lost its program; it and a failed one can be resumed. */
  state: 'running' | 'paused' | 'interrupted' | 'finished' | 'cancelled' | 'failed'
  startedAt: string
  endedAt: string | null
  epochs: number
  seed: number
  settings: Record<string, number | string>
  /** Empty until the cells are read. */
  data: RunFile[]
  /** Processor, cores, system and runtime that it ran on last. */
  machine: string
  /** Threads that compute; null until they start. */
  threads: number | null
  history: EpochReport[]
  bestEpoch: number | null
  /** At the pace of its last epochs; null unless it runs and one has ended. */
  secondsLeft: number | null
  /** The user's own words. */
  notes: string
  /** What must be said of its cells, and of a stored state that was damaged. */
  findings: Finding[]
  /** Folder of the package, once written. */
  modelFolder: string | null
  error: string | null
}

/** request -> [input, output, progress] */
export interface TrainingRequests {
  'training/presets': [{ data?: string }, PresetSummary[]]
  'training/start': [
    { preset: string; name: string; data?: string; epochs?: number; seed?: number },
    { id: string },
  ]
  'training/list': [Nothing, RunSummary[]]
  /** Ends when the run ends; every epoch is a progress message. Cancelling the watch leaves the run alone. */
  'training/watch': [{ id: string }, RunSummary, RunSummary]
  /** The run waits after its present epoch. */
  'training/pause': [{ id: string }, RunSummary]
  'training/continue': [{ id: string }, RunSummary]
  /** Goes on with an interrupted or failed run, from its stored state where there is one. */
  'training/resume': [{ id: string }, RunSummary]
  /** Ends a run for good: what was stored to resume it is removed. */
  'training/cancel': [{ id: string }, RunSummary]
  /** Two to eight runs side by side. */
  'training/compare': [{ ids: string[] }, RunComparison]
  /** What deleting these runs would do; nothing is done. */
  'training/deletion': [{ ids: string[] }, RunDeletion]
  /** Deletes for good what can be deleted of these runs, and says why the others stay. */
  'training/delete': [{ ids: string[] }, RunDeletion]
  /** Replaces the notes of a run. */
  'training/note': [{ id: string; notes: string }, RunSummary]
}
