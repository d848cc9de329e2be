export type SourceCell = string | number | boolean | Date | null

/** One sheet or table of a file as it stands: the first row or rows are headings. A Date's UTC clock is the wall clock. */
export interface SourceTable {
  readonly name: string
  readonly rows: readonly (readonly SourceCell[])[]
}
