import { Failure } from '../../../src-shared/failure/failure.ts'
import type { SourceCell } from '../containers/sourceTable.ts'
import { cellText } from './cellNumber.ts'
import type { QuantityColumns } from './headings.ts'
import { zoneClock } from './zoneClock.ts'

export interface DateReading {
  /** Which comes first in 05/06/2026; undefined: the first date tells that only one order allows. */
  readonly order?: DateOrder | undefined
  /** IANA zone of the clock; undefined: it never changed. */
  readonly zone?: string | undefined
}

export interface WallClock {
  /** s since 1970, on the clock or in UTC where a zone is known; null for any cell that is no date. */
  seconds(cell: SourceCell, line: number): number | null
  /** As stated or found; null where no date told. */
  order(): DateOrder | null
}

/** Reads dates: ISO, Chinese, dotted, slashed, Excel's days and Unix time. */
export function wallClock(column: string, { order: stated, zone }: DateReading = {}): WallClock {
  const dates = dateOrder(column, stated ?? null)
  const inZone = zone === undefined ? (seconds: number | null) => seconds : zoneClock(zone)
  return {
    order: dates.order,
    seconds(cell, line) {
      if (cell instanceof Date) return inZone(cell.getTime() / 1000)
      const text = cellText(cell)
      const iso = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(.+)$/.exec(text)
      if (iso !== null) {
        const [, year, month, day, time] = iso
        const offset = offsetSeconds(time)
        const seconds = secondsOf([year, month, day], time)
        return offset === null ? inZone(seconds) : seconds === null ? null : seconds - offset
      }
      const local = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})[ T]+(.+)$/.exec(text)
      if (local === null) return /^\d+(\.\d+)?$/.test(text) ? serialSeconds(Number(text), inZone) : null
      const [, a, sign, b, year, time] = local
      const [month, day] = dates.of([a, b], sign, { text, line }) === 'day' ? [b, a] : [a, b]
      return inZone(secondsOf([year.length === 2 ? `20${year}` : year, month, day], time))
    },
  }
}

/** Offset from UTC that an ISO time ends with, s; null where it names none. */
function offsetSeconds(time: string): number | null {
  if (/Z$/i.test(time)) return 0
  const offset = /([-+])(\d{2}):?(\d{2})$/.exec(time)
  if (offset === null) return null
  const seconds = Number(offset[2]) * 3600 + Number(offset[3]) * 60
  return offset[1] === '-' ? -seconds : seconds
}

/** The date beside a test time; a date of unknown order proves nothing there, and harms nothing either. */
export function dateBeside(
  { clock }: QuantityColumns,
  reading: DateReading,
): (cells: readonly SourceCell[], line: number) => number | null {
  if (clock === undefined) return () => null
  const dates = wallClock(clock.name, reading)
  return (cells, line) => {
    try {
      return dates.seconds(cells[clock.index] ?? null, line)
    } catch (error) {
      if (error instanceof Failure) return null
      throw error
    }
  }
}

type DateOrder = 'day' | 'month'

/** Which of the first two numbers comes first; on one and the same day it doesn't matter. */
function dateOrder(column: string, stated: DateOrder | null) {
  let order = stated
  let first: string | null = null
  return {
    order: () => order,
    of(
      [a, b]: readonly [string, string],
      sign: string,
      { text, line }: { text: string; line: number },
    ): DateOrder {
      if (stated !== null) return stated
      const place = `${a}/${b}`
      const told = orderTold([a, b], sign)
      const isRead = first !== null && order === null
      if (isRead && (told === 'day' || (told === null && first !== place)))
        throw ambiguous(column, text, line)
      first ??= place
      order ??= told
      return order ?? 'month'
    },
  }
}

function orderTold([a, b]: readonly [string, string], sign: string): DateOrder | null {
  if (sign === '.' || Number(a) > 12) return 'day'
  return Number(b) > 12 ? 'month' : null
}

function secondsOf([year, month, day]: readonly string[], time: string): number | null {
  // EC-Lab takes the sign between hours and minutes from the machine.
  const clock = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}(?:[.,]\d+)?))?(?:\s*([AP])\.?M\.?)?/i.exec(time)
  if (clock === null) return null
  const [, hours, minutes, seconds, half] = clock.map((part: string | undefined) => part ?? '')
  const shift = half === '' ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000
  return days + shift * 3600 + Number(minutes) * 60 + Number((seconds || '0').replace(',', '.'))
}

/** Ticks of a second by the least that has passed since 1970. */
const ticks: Readonly<Record<number, number>> = { 1e18: 1e9, 1e16: 1e7, 1e15: 1e6, 1e12: 1e3 }

/** Days since 1900 as Excel counts them, or since 1970 s, ms, µs, ns or the tenths of µs that Arbin's database counts. */
function serialSeconds(value: number, inZone: (seconds: number) => number | null): number | null {
  const per_s = [1e18, 1e16, 1e15, 1e12].find((least) => value >= least)
  if (per_s !== undefined) return value / (ticks[per_s] ?? 1e3)
  if (value >= 1e9) return value
  return value > 20_000 && value < 80_000 ? inZone((value - 25_569) * 86_400) : null
}

function ambiguous(column: string, found: string, line: number): Failure {
  return new Failure('refused', 'ambiguous-date', `"${found}" may name the day or the month first.`, {
    advice: 'State which comes first in a mapping (dateOrder), or export dates as yyyy-mm-dd hh:mm:ss.',
    line,
    column,
    found,
  })
}
