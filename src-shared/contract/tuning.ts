import type { Fraction } from '../units/quantities.ts'

/** How far off the present capacity and what follows were; each error relative to the measured capacity. */
export interface TunedScore {
  /** Mean size of the error of the present capacity, and its mean with sign: positive where it is too high. */
  error: Fraction
  bias: Fraction
  /** Share of measured present capacities inside the 90 % interval, and its mean full width. */
  coverage: Fraction
  width: Fraction
  /** Mean error over the cycles that followed, as far as they were measured. */
  trajectory: Fraction
}

/** A package as it is, and tuned on its user's own cells: each cell judged by a package tuned on the others. */
export interface Tuning {
  schema: 'pimoe-tuning/1'
  parent: { name: string; sha256: string }
  /** Label of the cell type. */
  type: string
  cells: { cell: string; name: string; rows: number; before: TunedScore; after: TunedScore }[]
  /** Mean over the cells. */
  total: { before: TunedScore; after: TunedScore }
  /** Chosen cells that could not be used, and why, as a sentence. */
  left: { cell: string; name: string; reason: string }[]
  /** Cells of the library that the package was trained on: what tuning costs them, by the present capacity. */
  forgetting: { cells: number; before: Fraction; after: Fraction } | null
  isBetter: boolean
  /** Fewer than nine cells: what rests on them is tagged extrapolated. */
  isExtrapolated: boolean
  simulated: boolean
  /** The tuned package; null where none was to be written. */
  model: { name: string; sha256: string } | null
}

/** A regression on fewer cells could not be judged by leaving one out. */
export const leastTunedCells = 3
export const leastTunedRows = 3
export const mostTunedCells = 100

/** What a cell of the library offers to tuning. */
export interface TunableCell {
  cell: string
  name: string
  /** Label of the cell type that it would tune; null where its chemistry and rated capacity are of none. */
  type: string | null
  /** Cycles that can be learned from; null where another reason came first. */
  rows: number | null
  /** Why it cannot be used, as a sentence without its full stop; null where it can. */
  reason: string | null
}

/** What cells of the library offer to tuning a package, in the order in which they were asked for. */
export interface Tunable {
  schema: 'pimoe-tunable/1'
  model: { name: string; sha256: string }
  cells: TunableCell[]
}
