import { curvePoints, restPoints, stateLength } from './state.ts'

/** Length of the signals of a state: curve, log increments, rest, differences of the rest. */
export const signalsLength = curvePoints + (curvePoints - 1) + restPoints + (restPoints - 1)

/** Least increment between grid points, relative to the rated capacity: its logarithm stays finite. */
const leastIncrement = 3e-4
/** A rest sample then has the size of a log increment. */
const restFactor = 10

/**
 * (126) signals of a whole state (64): the curve, the logarithms of its increments, which tell the phase transitions
 * apart whatever the capacity, the rest on its time axis and how it falls.
 */
export function fillSignals(signals: Float64Array, state: Float64Array): void {
  const increments = curvePoints
  const rest = increments + curvePoints - 1
  const falls = rest + restPoints
  for (let i = 0; i < curvePoints; i++) signals[i] = state[i]
  for (let i = 1; i < curvePoints; i++) {
    signals[increments + i - 1] = Math.log(Math.max(leastIncrement, state[i] - state[i - 1]) * curvePoints)
  }
  for (let i = curvePoints; i < stateLength; i++) signals[rest + i - curvePoints] = restFactor * state[i]
  for (let i = 1; i < restPoints; i++) signals[falls + i - 1] = signals[rest + i] - signals[rest + i - 1]
}
