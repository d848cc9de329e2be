import type { Assessment, EndOfLife } from '../forecast/assessment.ts'
import type { Confidence } from '../forecast/endOfLife.ts'
import type { Scenario } from '../forecast/scenario.ts'

/** What a ranking is by: cycles to the threshold, or state of health at the end of the horizon. */
export type RankedBy = 'cycles' | 'health'

export interface ComparisonRow {
  cell: string
  cellName: string
  scenario: string
  /** 1 = best at the chosen confidence; null where the answer is not determinable. */
  rank: number | null
  /** What is surpassed with the chosen confidence; null where the model has no interval to tell. */
  surpassed: { cycles: number | null; stateOfHealth: number } | null
  /** At each threshold asked for. */
  crossings: EndOfLife[]
  /** Null when the assessment failed; then `failure` says why. */
  assessment: Assessment | null
  failure: { code: string; message: string; advice: string } | null
}

export interface Comparison {
  schema: 'pimoe-comparison/1'
  rankedBy: RankedBy
  confidence: Confidence
  rows: ComparisonRow[]
}

export interface MatchedCell {
  cell: string
  cellName: string
}

export interface MatchedCells {
  members: MatchedCell[]
  /** Mean over its pairs of the measure, as a fraction of the rated capacity. */
  divergence: number
  /** Greatest difference of any two members at any planned cycle. */
  greatest: number
  simulated: boolean
}

/** Cells in groups that stay alike under one plan. */
export interface CellMatching {
  schema: 'pimoe-matching/1'
  /** What divergence is, in words. */
  measure: string
  scenario: string
  size: number
  /** Planned cycles that are compared. */
  horizon: number
  /** Least divergence first; members share chemistry and rated capacity. */
  groups: MatchedCells[]
  /** No whole group was left for these. */
  left: MatchedCell[]
  refused: (MatchedCell & { failure: { code: string; message: string; advice: string } })[]
}

interface ComparisonSettings {
  model?: string
  horizon?: number
}

/** request -> [input, output, progress] */
export interface ComparisonRequests {
  'comparisons/run': [
    ComparisonSettings & {
      cells: string[]
      scenarios: (string | Scenario)[]
      threshold?: number
      /** p10 is surpassed with 90 %, p20 with 80 %, p50 with 50 %. Default p50. */
      confidence?: Confidence
      /** Default cycles. */
      rankedBy?: RankedBy
      /** Thresholds of the crossing table. */
      thresholds?: number[]
    },
    Comparison,
    { done: number; total: number },
  ]
  /** Groups of `size` cells with the least future divergence; without a scenario each cell goes on as it was used. */
  'comparisons/match': [
    ComparisonSettings & { cells: string[]; scenario?: string | Scenario; size: number },
    CellMatching,
    { done: number; total: number },
  ]
}
