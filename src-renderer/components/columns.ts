/** A column of a table, as its heading needs it. */
export interface Column<Id extends string = string> {
  readonly id: Id
  /** Tailwind width; empty shares what is left. */
  readonly width: string
  readonly isNumber: boolean
}
