import type { SourceCell } from '../containers/sourceTable.ts'

/** What programs write for a value they don't have. */
const missing = /^(-+|n\/?a|nan|null|none)?$/i

/** A cell's text without blanks around it; empty where the cell stands for no value. */
export function cellText(cell: SourceCell | undefined): string {
  if (cell === undefined || cell === null) return ''
  return String(cell).trim()
}

export function isMissing(text: string): boolean {
  return text === '' || missing.test(text)
}

/** A number, a clock or a date: what a measured row begins with, unlike a footer. */
export function isMeasured(text: string): boolean {
  return /^[-+]?[.,]?\d/.test(text)
}

/** Seconds of `hh:mm:ss.fff`, `1d hh:mm:ss`, `1.hh:mm:ss` and `1-hh:mm:ss`; null for any other text. */
export function clockSeconds(text: string): number | null {
  const clock = /^(?:(\d+)(?:d\s*|[-. ]))?(\d+):(\d+):(\d+(?:[.,:]\d+)?)$/.exec(text)
  if (clock === null) return null
  const [days, hours, minutes, seconds] = clock.slice(1).map((part: string | undefined) => {
    return Number((part ?? '0').replace(/[,:]/, '.'))
  })
  const time = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
  // So many digits that they are no number any more.
  return Number.isFinite(time) ? time : null
}

/** Days of Excel's calendar as a Date become seconds again. */
export function durationSeconds(cell: Date): number {
  return cell.getTime() / 1000 + 25_569 * 86_400
}
