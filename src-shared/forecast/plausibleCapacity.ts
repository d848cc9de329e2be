import type { Cycle } from '../cell/cycle.ts'
import { Failure } from '../failure/failure.ts'
import type { AmpereHour } from '../units/quantities.ts'

/** Shares of the rated capacity that a cell can have; a mistaken unit misses them by a factor of a thousand. */
const possible = { capacity: { low: 0.05, high: 1.5 }, charge: { low: 0.005, high: 1.5 } } as const

export interface CapacityQuestion {
  readonly cycle: Cycle
  readonly ratedCapacity: AmpereHour
  /** As stated by the user; absent where it is to be estimated. */
  readonly measuredCapacity: AmpereHour | undefined
}

/** Throws a refused Failure `implausible-capacity` where record, rated and measured capacity cannot be of one cell. */
export function requirePlausibleCapacity({ cycle, ratedCapacity, measuredCapacity }: CapacityQuestion): void {
  const moved = cycle.chargeCurve === null ? ratedCapacity : Math.max(...cycle.chargeCurve.charge)
  if (!isWithin(moved / ratedCapacity, possible.charge)) {
    throw implausible(
      `Cycle ${cycle.number} charges ${rounded(moved)} Ah, which no cell rated ${ratedCapacity} Ah does.`,
      'State the rated capacity of the cell in Ah (3.5 for 3500 mAh), or check the unit of the record.',
    )
  }
  requirePossibleCapacity(measuredCapacity ?? ratedCapacity, ratedCapacity)
}

/** Throws a refused Failure `implausible-capacity` where a cell of that rating cannot have that capacity. */
export function requirePossibleCapacity(measured: AmpereHour, ratedCapacity: AmpereHour): void {
  if (isWithin(measured / ratedCapacity, possible.capacity)) return
  throw implausible(
    `A measured capacity of ${measured} Ah is not possible for a cell rated ${ratedCapacity} Ah.`,
    'State both in Ah (3.5 for 3500 mAh).',
  )
}

function isWithin(share: number, { low, high }: { low: number; high: number }): boolean {
  return share >= low && share <= high
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

function implausible(message: string, advice: string): Failure {
  return new Failure('refused', 'implausible-capacity', message, { advice })
}
