import type { Finding } from '../cell/finding.ts'

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
