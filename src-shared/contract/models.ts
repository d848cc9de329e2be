import type { ConditionScore } from './runComparison.ts'
import type { Fraction } from '../units/quantities.ts'
import type { Nothing } from './nothing.ts'
import type { Tunable, TunableCell, Tuning } from './tuning.ts'
import type { WireError } from './wire.ts'

/** One entry of the history of defaults, which is only added to. */
export interface DefaultModel {
  sequence: number
  at: string
  action: 'promoted' | 'rolled-back'
  /** Null: the program's own default, whatever it is. */
  model: { name: string; sha256: string } | null
  /** Who did it, in the user's own words; may be empty. */
  by: string
  note: string
}

export interface DefaultModels {
  schema: 'pimoe-default-models/1'
  /** What assessments use unless told otherwise; null where there is none. */
  current: string | null
  /** Why the promoted model cannot answer. */
  problem: WireError | null
  /** Newest first; empty: the program's own default has always been used. */
  history: DefaultModel[]
}

/** How far off a model is on some cells. */
export interface WeighedScore extends ConditionScore {
  /** Share of true values inside the 90 % interval, and its mean full width relative to the true capacity. */
  coverage: Fraction | null
  width: Fraction | null
  windows: number
  refused: number
}

/** A model and the present default, judged on the same cells. */
export interface Weighing {
  schema: 'pimoe-weighing/1'
  candidate: { name: string; sha256: string }
  present: { name: string; sha256: string } | null
  conditions: {
    condition: string
    cells: number
    /** Of them, cells that the model was trained on: their errors flatter it. */
    trainedOn: { candidate: number; present: number }
    candidate: WeighedScore
    present: WeighedScore | null
  }[]
  /** Why there is nothing to judge by, or what must be said of the cells. */
  notes: string[]
  simulated: boolean
}

/** request -> [input, output, progress] */
export interface ModelRequests {
  /** Which model was the default when, and by whom. */
  'models/defaults': [Nothing, DefaultModels]
  /** Judges a model beside the present default, on the validation cells of the run that made it. */
  'models/weigh': [{ model: string; data?: string }, Weighing, { done: number; total: number }]
  /** Tunes a model on cells of the library; without a name nothing is written, only how good it would be is told. */
  'models/tune': [{ model?: string; cells: string[]; name?: string }, Tuning, { done: number; total: number }]
  /** What up to 100 cells offer to tuning a model, and why one does not count; each is told as it is read. */
  'models/tunable': [{ model?: string; cells: string[] }, Tunable, TunableCell]
  /** Makes a model the default; one from elsewhere is copied into the library. Assessments that are kept keep theirs. */
  'models/promote': [{ model: string; by?: string; note: string }, DefaultModel]
  /** Makes an earlier default the default again, by its number; 0: the program's own. */
  'models/roll-back': [{ to: number; by?: string; note: string }, DefaultModel]
}
