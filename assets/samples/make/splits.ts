import { cellsPerCondition, conditions, variedCells } from './plan.ts'
import { numbers } from './samples.ts'

export interface Split {
  readonly horizon: number
  readonly train: readonly string[]
  readonly validation: readonly string[]
  readonly test: readonly string[]
}

/** By cell, so that no cell stands in two lists; the two that judge are neither the youngest nor the oldest. */
export function splits(): Record<string, Split> {
  const fixed = conditions.map(({ name }) => [`SIM-NCA ${name}`, splitOf(name, cellsPerCondition)] as const)
  return Object.fromEntries([...fixed, ['SIM-NCA Varied', splitOf('Varied', variedCells)]])
}

function splitOf(name: string, count: number): Split {
  const paths = numbers(count).map((number) => `SIM-NCA/${name}-#${number}.csv.gz`)
  const [validation, test] = [paths[0], paths[3]]
  const train = paths.filter((path) => path !== validation && path !== test)
  return { horizon: 50, train, validation: [validation], test: [test] }
}
