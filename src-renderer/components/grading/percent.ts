import type { Fraction } from '../../../src-shared/units/quantities.ts'

/** A fraction as its field shows it, without the digits that only binary numbers have. */
export function percentOf(fraction: Fraction): number {
  return Number((fraction * 100).toFixed(6))
}

export function fractionOf(percent: number): Fraction {
  return Number((percent / 100).toFixed(8))
}
