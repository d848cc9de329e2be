import type { Finding } from '../../src-shared/cell/finding.ts'

/** `> 49` counts as a number. */
export type TableValue = string | number | null

/** Columns of text, numbers to the right; `–` where there is nothing. */
export function table(headings: readonly string[], rows: readonly (readonly TableValue[])[]): string {
  const texts = rows.map((row) => row.map(shown))
  const widths = headings.map((heading, i) =>
    Math.max(...[heading, ...texts.map((row) => row[i])].map(width)),
  )
  const isNumeric = headings.map((_, i) => rows.length > 0 && rows.every((row) => isNumber(row[i])))
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (isNumeric[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])))
      .join('  ')
      .trimEnd()
  return [line(headings), ...texts.map(line)].join('\n')
}

function shown(value: TableValue): string {
  if (typeof value === 'string') return value
  return value === null || !Number.isFinite(value) ? '–' : String(Number(value.toPrecision(5)))
}

function isNumber(value: TableValue): boolean {
  return typeof value !== 'string' || /^> \d+$/.test(value)
}

function width(text: string): number {
  return text.length
}

/** 0.834 -> 83.4 % */
export function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(100 * fraction).toFixed(1)} %`
}

/** 0.743 -> 74 %; nothing is certain */
export function likelihood(fraction: number): string {
  return fraction > 0.99 ? '> 99 %' : `${Math.round(100 * fraction)} %`
}

/** Four significant digits and the unit. */
export function quantity(value: number | null, unit: string): string {
  return value === null || !Number.isFinite(value) ? '–' : `${Number(value.toPrecision(4))} ${unit}`
}

type ToldFinding = Pick<Finding, 'message' | 'line' | 'column' | 'proposal' | 'repair'>

/** What was found, where, and what would mend it, indented under what it is about. */
export function findingText({ message, line, column, proposal, repair }: ToldFinding): string {
  const place = [line === undefined ? [] : [`line ${line}`], column === undefined ? [] : [column]].flat()
  const where = place.length === 0 ? '' : ` (${place.join(', ')})`
  return [`  - ${message}${where}`, proposal ?? [], repair === undefined ? [] : `[${repair}]`]
    .flat()
    .join(' ')
}

/** 45 s, 12 min, 3.4 h */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
