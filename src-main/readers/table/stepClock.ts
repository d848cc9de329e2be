import type { Finding } from '../../../src-shared/cell/finding.ts'

export interface StepClock {
  /** True for a row that begins a step: its date, where there is one, places the step. */
  begins(stepTime: number, step: number | null): boolean
  /** s since the first row; `date` is asked only of rows that begin a step. */
  seconds(stepTime: number, step: number | null, date: () => number | null): number
  /** That the whole time was built from the steps'; none for a single step. */
  findings(column: string): Finding[]
}

/** Dates tell whole seconds; what they differ by less may be their grain, s. */
const grain_s = 1.5

/**
 * The whole time from times that restart with every step. A step begins where its time falls and, once one has, where its
 * number changes; the dates in the same rows tell what passed between two, without dates one begins where the other ended.
 */
export function stepClock(): StepClock {
  let passed = 0
  let before: number | null = null
  let number: number | null = null
  let firstDate: number | null = null
  let hasFallen = false
  let steps = 0
  let between = 0
  const begins = (stepTime: number, step: number | null) =>
    before === null || stepTime < before || (hasFallen && step !== null && number !== null && step !== number)
  /** When a step of this date began, s since the first row; what is earlier than the last row is none. */
  const beginning = (date: number | null, stepTime: number) => {
    const ended = passed + (before ?? 0)
    if (date === null) return ended
    firstDate ??= date - passed - stepTime
    const begun = date - firstDate - stepTime
    if (begun - ended < grain_s) return ended
    between += begun - ended
    return begun
  }
  return {
    begins,
    seconds(stepTime, step, date) {
      if (begins(stepTime, step)) {
        hasFallen ||= before !== null && stepTime < before
        passed = beginning(date(), stepTime)
        steps++
      }
      before = stepTime
      number = step
      return passed + stepTime
    },
    findings: (column) => (steps < 2 ? [] : [builtFromSteps(column, { steps, between, firstDate })]),
  }
}

function builtFromSteps(
  column: string,
  { steps, between, firstDate }: { steps: number; between: number; firstDate: number | null },
): Finding {
  const pauses =
    firstDate === null
      ? 'what passed between two steps is not in the file'
      : `the dates in the same rows tell of ${Math.round(between)} s between them`
  return {
    code: 'time-from-steps',
    isNote: true,
    column,
    message: `${column} restarts with every step; the time of the record is the sum of ${steps} steps, ${pauses}.`,
  }
}
