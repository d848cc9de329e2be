import type { Celsius, CRate } from '../../src-shared/units/quantities.ts'

export interface UlCondition {
  readonly temperature: Celsius
  readonly chargeRate: CRate
  readonly dischargeRate: CRate
}

/** The test condition in a published file name `CY25-05_1-#3`: 25 °C, 0.5 C charge, 1 C discharge; null for other names. */
export function ulCondition(cellName: string): UlCondition | null {
  const match = /^CY(\d+)-(\d+)_(\d+)(?:-#.*)?$/.exec(cellName)
  if (match === null) return null
  return {
    temperature: Number(match[1]),
    chargeRate: rateOfDigits(match[2]),
    dischargeRate: rateOfDigits(match[3]),
  }
}

/** A leading zero stands before the point: 025 is 0.25 C. */
function rateOfDigits(digits: string): CRate {
  return digits.length > 1 && digits.startsWith('0') ? Number(`0.${digits.slice(1)}`) : Number(digits)
}
