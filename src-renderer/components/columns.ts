/** A column of a table, as its heading needs it. */
export interface Column {
  readonly id: string
  /** Tailwind width; empty shares what is left. */
  readonly width: string
  readonly isNumber: boolean
}
