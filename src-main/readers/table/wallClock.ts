import { Failure } from '../../../src-shared/failure/failure.ts'
import type { SourceCell } from '../containers/sourceTable.ts'
import { cellText } from './cellNumber.ts'
import type { QuantityColumns } from './headings.ts'

/**
 * Reads dates as s since 1970 on the wall clock: ISO, Chinese, dotted, slashed, Excel's days and Unix time; null for
 * any other cell. Whether 05/06 is in May or June is settled by the first date that only one order allows.
 */
export function wallClock(column: string): (cell: SourceCell, line: number) => number | null {
  const orderOf = dateOrder(column)
  return (cell, line) => {
    if (cell instanceof Date) return cell.getTime() / 1000
    const text = cellText(cell)
    const iso = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(.+)$/.exec(text)
    if (iso !== null) return secondsOf([iso[1], iso[2], iso[3]], iso[4])
    const local = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})[ T]+(.+)$/.exec(text)
    if (local === null) return /^\d+(\.\d+)?$/.test(text) ? serialSeconds(Number(text)) : null
    const [, a, sign, b, year, time] = local
    const [month, day] = orderOf([a, b], sign, { text, line }) === 'day' ? [b, a] : [a, b]
    return secondsOf([year.length === 2 ? `20${year}` : year, month, day], time)
  }
}

/** The date beside a test time; a date of unknown order proves nothing there, and harms nothing either. */
export function dateBeside({
  clock,
}: QuantityColumns): (cells: readonly SourceCell[], line: number) => number | null {
  if (clock === undefined) return () => null
  const dateOf = wallClock(clock.name)
  return (cells, line) => {
    try {
      return dateOf(cells[clock.index] ?? null, line)
    } catch (error) {
      if (error instanceof Failure) return null
      throw error
    }
  }
}

type Order = 'day' | 'month'

/** Which of the first two numbers comes first; on one and the same day it doesn't matter. */
function dateOrder(column: string) {
  let order: Order | null = null
  let first: string | null = null
  return (
    [a, b]: readonly [string, string],
    sign: string,
    { text, line }: { text: string; line: number },
  ): Order => {
    const place = `${a}/${b}`
    const told = sign === '.' || Number(a) > 12 ? 'day' : Number(b) > 12 ? 'month' : null
    const isRead = first !== null && order === null
    if (isRead && (told === 'day' || (told === null && first !== place))) throw ambiguous(column, text, line)
    first ??= place
    order ??= told
    return order ?? 'month'
  }
}

function secondsOf([year, month, day]: readonly string[], time: string): number | null {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(?:\s*([AP])\.?M\.?)?/i.exec(time)
  if (clock === null) return null
  const [, hours, minutes, seconds, half] = clock.map((part: string | undefined) => part ?? '')
  const shift = half === '' ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000
  return days + shift * 3600 + Number(minutes) * 60 + Number((seconds || '0').replace(',', '.'))
}

/** Days since 1900 as Excel counts them, or s or ms since 1970. */
function serialSeconds(value: number): number | null {
  if (value >= 1e12) return value / 1000
  if (value >= 1e9) return value
  return value > 20_000 && value < 80_000 ? (value - 25_569) * 86_400 : null
}

function ambiguous(column: string, found: string, line: number): Failure {
  return new Failure('refused', 'ambiguous-date', `"${found}" may name the day or the month first.`, {
    advice: 'Export the test time in seconds, or dates as yyyy-mm-dd hh:mm:ss.',
    line,
    column,
    found,
  })
}
