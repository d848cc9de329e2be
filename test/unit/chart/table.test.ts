import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { tableToCsv } from '../../../src-shared/chart/table.ts'

describe('tableToCsv', () => {
  const table = {
    columns: [
      { name: 'Cell', unit: null },
      { name: 'Capacity', unit: 'Ah' },
    ],
    rows: [
      ['plain', 3.0123456789],
      ['comma, "quote"\r\nand line', null],
      ['电池 µ', NaN],
    ],
  }

  it('puts units in the heading, ends lines with CRLF and decimals with a point', () => {
    expect(tableToCsv(table).split('\r\n').slice(0, 2)).toEqual(['Cell,Capacity (Ah)', 'plain,3.0123456789'])
    expect(tableToCsv(table).endsWith('\r\n')).toBe(true)
  })

  it('comes back from a parser of RFC 4180 as it went in', () => {
    const rows: unknown = parse(tableToCsv(table), { fromLine: 2 })
    expect(rows).toEqual([
      ['plain', '3.0123456789'],
      ['comma, "quote"\r\nand line', ''],
      ['电池 µ', ''],
    ])
  })
})
