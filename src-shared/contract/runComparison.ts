import type { Fraction } from '../units/quantities.ts'
import type { RunFile, RunSummary } from './run.ts'

/** Two or more runs of the history side by side; every list of values is in the order of `runs`. */
export interface RunComparison {
  schema: 'pimoe-run-comparison/1'
  runs: ComparedRun[]
  /** Seed, preset and settings; those that differ first. Null: this run has no such setting. */
  settings: { name: string; values: (string | number | null)[]; differs: boolean }[]
  /** Every measurement by its hash, those that differ first. Null: not in this run. */
  files: { path: string; sha256: string; roles: (RunFile['role'] | null)[]; differs: boolean }[]
  /** Conditions that some run was judged on; null: this run was not. */
  scores: { condition: string; judged: JudgedOn; values: (ConditionScore | null)[] }[]
  /** Whether all runs whose data is known were judged on the same cells: else their scores do not compare. */
  sameJudged: boolean
}

export interface ComparedRun {
  /** Its name; with the beginning of its id where another has the same. */
  label: string
  run: RunSummary
  simulated: boolean
  cells: Record<RunFile['role'], number>
  /** Over files and roles: equal for equal data and splits. Null until the cells are read. */
  dataSha256: string | null
  model: { sha256: string; total: ConditionScore; coverage: Fraction | null } | null
  /** Why a finished run has no model any more. */
  modelProblem: string | null
  /** Of all its epochs. */
  seconds: number
}

/** Cells that chose the epoch, or cells left out of one training each. */
export type JudgedOn = 'validation' | 'left out'

/** Mean absolute errors relative to the measured capacity. */
export interface ConditionScore {
  trajectory: Fraction | null
  present: Fraction | null
}
