import type { RulesIdentity } from '../exchange/results.ts'
import type { Grade } from '../grading/grade.ts'
import type { GradingRules, Verdict } from '../grading/rules.ts'
import type { Nothing } from './nothing.ts'

export interface VersionedGrade extends Grade {
  rules: RulesIdentity
}

/** A version of the rules is never changed: an edit is a new version. */
export interface StoredRules {
  version: number
  sha256: string
  /** Why it was made. */
  note: string
  savedAt: string
  rules: GradingRules
}

/** A battery's grade by the newest rules, for its newest assessment that still holds. */
export interface BatteryGrade {
  cell: string
  cellName: string
  assessment: string
  simulated: boolean
  stateOfHealth: { value: number; low: number | null; high: number | null }
  grade: VersionedGrade
}

/** What other rules would do to the whole library. */
export interface DryRun {
  schema: 'pimoe-grading-dry-run/1'
  /** The version compared with. */
  against: RulesIdentity
  assessed: number
  /** Batteries without an assessment that still holds. */
  notAssessed: number
  /** How many batteries each outcome has, before and after; an outcome is a grade, or else a verdict. */
  counts: { verdict: Verdict; grade: string | null; before: number; after: number }[]
  changed: { cell: string; cellName: string; simulated: boolean; before: Grade; after: Grade }[]
}

/** request -> [input, output] */
export interface GradingRequests {
  /** Every version, newest first. */
  'grading/rules': [Nothing, StoredRules[]]
  'grading/dry-run': [{ rules: GradingRules }, DryRun]
  /** Saves a new version and grades the library by it; earlier grades stay. The dry run says what changed. */
  'grading/save': [{ rules: GradingRules; note?: string }, { saved: StoredRules; dryRun: DryRun }]
  'grading/list': [{ cells?: string[] }, BatteryGrade[]]
}
