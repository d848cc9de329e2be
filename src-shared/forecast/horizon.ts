import type { Manifest } from './package.ts'

/** What beyond it would be said of a cell is guessed. */
const longestForecast = 2000

/** Points that a model answers, the measured cycle among them: a model on evidence goes on from what it forecast. */
export function longestHorizon({ network: { T }, input }: Manifest): number {
  return input.kind === 'evidence' ? longestForecast : T
}
