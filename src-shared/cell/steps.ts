import { stepModes, type CyclerRecord, type StepMode } from './record.ts'

/** A run of rows in one mode within one cycle. */
export interface Step {
  readonly cycle: number
  readonly mode: StepMode
  /** First row. */
  readonly start: number
  /** The row after the last. */
  readonly end: number
}

/** The cycler's steps in order; together they cover every row once. */
export function stepsOf({ cycle, mode }: CyclerRecord): Step[] {
  const steps: Step[] = []
  let start = 0
  for (let row = 1; row <= cycle.length; row++) {
    if (row < cycle.length && cycle[row] === cycle[start] && mode[row] === mode[start]) continue
    steps.push({ cycle: cycle[start], mode: stepModes[mode[start]], start, end: row })
    start = row
  }
  return steps
}

/** Rows of each cycle number, by first appearance. */
export function rowsByCycle({ cycle }: CyclerRecord): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  cycle.forEach((number, row) => {
    const known = rows.get(number)
    if (known === undefined) rows.set(number, [row])
    else known.push(row)
  })
  return rows
}
