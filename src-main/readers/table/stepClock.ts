/** Seconds since the first row from times that restart at 0 with every step. */
export function stepClock(): (stepTime: number) => number {
  let passed = 0
  let before = -Infinity
  return (stepTime) => {
    if (stepTime < before) passed += before
    before = stepTime
    return passed + stepTime
  }
}
