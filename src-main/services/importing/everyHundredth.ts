/** Passes a growing share on at every hundredth; the whole is not told, for an answer follows it. */
export function everyHundredth(tell: (fraction: number) => void): (fraction: number) => void {
  let told = 0
  return (fraction) => {
    if (fraction - told < 0.01 || fraction >= 1) return
    told = fraction
    tell(fraction)
  }
}
