import type { ReadResult } from '../../src-main/readers/readResult.ts'
import type { CyclerRecord } from '../../src-shared/cell/record.ts'

export interface Read {
  readonly result: ReadResult
  readonly record: CyclerRecord
}

/** What is wrong with a reading whatever its file; null for nothing. */
export function brokenLaw({ result, record }: Read): string | null {
  const { cycles, traces, rows } = result
  if (traces !== null && record.time.length !== rows) return 'the rows told are not the rows given'
  if (traces !== null && traces.length !== cycles.length) return 'a cycle has no trace'
  if (cycles.some(({ row }, i) => row !== i)) return 'the cycles are not numbered through'
  const columns = [
    record.time,
    record.voltage,
    record.current,
    record.chargeCapacity,
    record.dischargeCapacity,
  ]
  if (columns.some((column) => !column.every(Number.isFinite))) return 'a row holds no finite number'
  if (cycles.some((cycle) => !isFinite(cycle))) return 'a cycle holds no finite number'
  const isBackwards = record.time.some((time, i) => i > 0 && time < record.time[i - 1])
  if (isBackwards && !result.findings.some(({ code }) => code.startsWith('time-')))
    return 'time runs backwards, and nothing tells of it'
  return null
}

function isFinite({ chargeCurve, relaxation, dischargeCapacity }: ReadResult['cycles'][number]): boolean {
  const arrays = [chargeCurve?.charge, relaxation?.voltage, relaxation?.time]
  return (
    arrays.every((array) => array?.every(Number.isFinite) ?? true) && Number.isFinite(dischargeCapacity ?? 0)
  )
}

/** A file that was cut must be refused, say so, or give the rows that came before the cut as they were. */
export function brokenByCut(cut: Read, whole: Read): string | null {
  if (cut.result.findings.some(({ code }) => tells.has(code))) return null
  const rows = cut.record.time.length
  if (rows > whole.record.time.length) return 'a cut file gives more rows than the whole one'
  for (const column of ['time', 'voltage', 'current', 'cycle'] as const) {
    const at = cut.record[column].findIndex((value, i) => value !== whole.record[column][i])
    if (at >= 0)
      return `row ${at + 1} of ${rows}: ${column} is ${cut.record[column][at]}, not ${whole.record[column][at]}`
  }
  return null
}

/** Findings that admit what a cut may change: the last row, or what the rest of the file would have shown. */
const tells = new Set(['last-row-open', 'unit-assumed', 'unit-found', 'unit-missing'])

/** Every line that is all numbers must be a row, or the reading says what it left out. */
export function brokenByLines(text: string, { result, record }: Read): string | null {
  if (result.findings.some(({ code }) => code === 'lines-skipped')) return null
  const width = result.columns.length
  const lines = text.split('\n').filter((line) => isNumbers(line, result.delimiter, width))
  if (lines.length <= record.time.length) return null
  return `${lines.length} lines of numbers, ${record.time.length} rows`
}

function isNumbers(line: string, delimiter: string, width: number): boolean {
  const fields = line.trim().split(delimiter)
  return fields.length === width && fields.every((field) => /^-?\d+(\.\d+)?$/.test(field.trim()))
}
