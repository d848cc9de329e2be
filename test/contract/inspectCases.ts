import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { FileInspection } from '../../src-shared/contract/imports.ts'
import { foreignMapping, foreignTable } from '../fixtures/foreignTable.ts'
import { signalRows, signalText } from '../fixtures/signalTable.ts'
import type { Asking } from './quarantineCases.ts'

/** A file as a person judges it before and after it is taken. */
export function inspectCases({ ask, failure, places }: Asking): void {
  const write = (name: string, text: string) => {
    const path = join(places().folder, name)
    writeFileSync(path, text)
    return path
  }

  it('files/inspect shows the lines of a file that nobody knows, and reads it by a mapping', async () => {
    const path = write('fremd ö.csv', foreignTable())
    const unknown = await ask('files/inspect', { target: { path } })
    expect(unknown).toMatchObject({
      name: 'fremd ö.csv',
      reading: null,
      failure: { kind: 'refused', code: 'unknown-format' },
      opening: { delimiter: ';', headingLine: 2, sheets: [] },
    })
    expect(unknown.opening!.lines.at(1)).toEqual({
      line: 2,
      cells: ['Dauer', 'Klemmen', 'Belastung', 'Nummer'],
    })
    const read = await ask('files/inspect', { target: { path }, mapping: foreignMapping })
    expect(read.failure).toBeNull()
    expect(read.stated).toEqual(foreignMapping)
    expect(read.reading).toMatchObject({ decimal: ',', figures: { cycles: 2 }, template: null })
    expect(read.reading!.columns.map(({ readAs }) => readAs)).toEqual(['time', 'voltage', 'current', 'cycle'])
    expect((await ask('cells/list', {})).some(({ description }) => description.name === 'fremd ö')).toBe(
      false,
    )
  })

  it('files/inspect draws the whole record, and marks what is in doubt', async () => {
    const rows = signalRows().map((row) => ({ ...row, voltage: row.voltage * 1000 }))
    const path = write('millivolt.csv', signalText(rows))
    const { reading } = await ask('files/inspect', { target: { path } })
    const { signals, marks, findings } = reading!
    expect(Math.max(...signals!.voltage_V)).toBe(4200)
    expect(signals!.time_s.at(-1)).toBe(rows.at(-1)!.time)
    expect(marks).toEqual([
      { time_s: 0, finding: findings.findIndex(({ code }) => code === 'voltage-range') },
    ])
  })

  it('files/inspect tells the first part of a long file before the whole', async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, i) => `${i},3.7${i % 10},1.0,${'some words that make it long '.repeat(6)}`,
    )
    const path = write('lang.csv', ['Test Time (s),Voltage (V),Current (A),Remark', ...lines, ''].join('\n'))
    const parts: FileInspection[] = []
    const whole = await ask(
      'files/inspect',
      { target: { path } },
      { progress: ({ part }) => parts.push(...(part === undefined ? [] : [part])) },
    )
    expect(parts).toHaveLength(1)
    const [{ part, reading }] = parts
    expect(part!.bytes).toBeLessThan(part!.of_bytes / 2)
    expect(part!.of_bytes).toBe(whole.reading!.bytes)
    expect(reading!.columns).toEqual(whole.reading!.columns)
    expect(reading!.signals!.time_s.at(-1)).toBe(reading!.figures.rows - 1)
    expect(whole).toMatchObject({ part: null, reading: { figures: { rows: lines.length } } })
  })

  it('files/inspect ends when it is stopped after the first part', async () => {
    const line = `1.0,${'some words that make it long '.repeat(6)}\n`
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},3.7,${line}`)
    const path = write('angehalten.csv', `Test Time (s),Voltage (V),Current (A),Remark\n${rows.join('')}`)
    const stop = new AbortController()
    const fractions: number[] = []
    const reading = ask(
      'files/inspect',
      { target: { path } },
      {
        signal: stop.signal,
        progress: ({ fraction, part }) => {
          fractions.push(fraction)
          if (part !== undefined) stop.abort()
        },
      },
    )
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' })
    expect(Math.max(...fractions)).toBeLessThan(0.5)
  })

  it('files/inspect reads what waits and what is stored as it was read', async () => {
    const path = write('wartet.csv', foreignTable([3]))
    const columns = { ...foreignMapping.columns, voltage: { column: 'Klemmen', unit: 'mV' } }
    const wrong = { ...foreignMapping, columns }
    const { files } = await ask('files/import', { paths: [path], mapping: wrong })
    const quarantine = files[0].quarantine!
    const held = await ask('files/inspect', { target: { quarantine } })
    expect(held).toMatchObject({ name: 'wartet.csv', stated: wrong, reading: { figures: { doubts: 1 } } })
    await ask('templates/save', { name: 'wartet', file: { quarantine }, mapping: foreignMapping })
    await ask('templates/remove', { name: 'wartet' })
    const taken = await ask('quarantine/retry', { id: quarantine, mapping: foreignMapping })
    expect(taken).toMatchObject({ status: 'imported' })
    const stored = await ask('files/inspect', { target: { cell: taken.cells[0] } })
    expect(stored.reading).toMatchObject({ sha256: taken.sha256, figures: { doubts: 0, cycles: 1 } })
    await ask('cells/remove', { ids: taken.cells })
  })

  it('files/inspect answers for what is no measurement, and names what is not there', async () => {
    const path = write('bild.csv', '\u0089PNG')
    const { reading, failure: told, opening } = await ask('files/inspect', { target: { path } })
    expect(reading).toBeNull()
    expect(told).toMatchObject({ kind: 'refused' })
    expect(opening).not.toBeUndefined()
    const missing = await ask('files/inspect', { target: { path: join(places().folder, 'fehlt.csv') } })
    expect(missing).toMatchObject({ failure: { code: 'not-found' }, opening: null })
    expect(await failure('files/inspect', { target: { quarantine: 'x' } })).toMatchObject({
      code: 'no-such-quarantined-file',
    })
  })
}
