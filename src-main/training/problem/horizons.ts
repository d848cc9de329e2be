/** Steps that a forecast is judged over. */
export const defaultHorizon = 50
/** Conditions whose cells are too short for that. */
const shortHorizons = new Map([['UL-NCA CY25-1_1', 10]])

/** Steps that a condition is judged over by a model of T steps. */
export function horizonOf(condition: string, T: number): number {
  return Math.min(T, shortHorizons.get(condition) ?? defaultHorizon)
}

export function wantedHorizon(condition: string): number {
  return shortHorizons.get(condition) ?? defaultHorizon
}
