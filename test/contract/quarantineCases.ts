import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type {
  RequestInput,
  RequestName,
  RequestOutput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { signalRows, signalText } from '../fixtures/signalTable.ts'

export interface Asking {
  readonly ask: <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options?: { signal?: AbortSignal; progress?: (message: RequestProgress<N>) => void },
  ) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** A folder to write into, and that of the library; known once the tests run. */
  readonly places: () => { folder: string; library: string }
}

const millivolts = signalRows().map((row) => ({ ...row, voltage: row.voltage * 1000 }))
const turned = signalRows().map((row) => ({ ...row, current: -row.current }))
const series = signalRows().map((row) => ({ ...row, voltage: row.voltage * 2 }))

/** Files in doubt: held, shown, repaired, trusted, rejected. */
export function quarantineCases({ ask, failure, places }: Asking): void {
  const write = (name: string, rows: typeof millivolts) => {
    const folder = join(places().folder, 'zweifel')
    mkdirSync(folder, { recursive: true })
    const path = join(folder, name)
    writeFileSync(path, signalText(rows))
    return path
  }

  it('files/import holds a file in doubt, its bytes kept', async () => {
    const path = write('millivolt ö.csv', millivolts)
    const { files } = await ask('files/import', { paths: [path], chemistry: 'NCA' })
    expect(files).toMatchObject([{ status: 'quarantined', cells: [], cycles: 1 }])
    const id = files[0].quarantine!
    const [held] = await ask('quarantine/list', {})
    expect(held).toMatchObject({ id, path, sha256: files[0].sha256 })
    expect(held.findings[0]).toMatchObject({ code: 'voltage-range', line: 2, column: 'Voltage (V)' })
    expect(held.proposals.map(({ repair }) => repair)).toEqual(['voltage-times-0.001'])
    expect(existsSync(join(places().library, 'quarantine', id, 'zweifel', 'millivolt ö.csv'))).toBe(true)
  })

  it('quarantine/preview tells what a repair would do, and stores nothing', async () => {
    const [{ id }] = await ask('quarantine/list', {})
    const effect = await ask('quarantine/preview', { id, repairs: ['voltage-times-0.001'] })
    expect(effect.before).toMatchObject({ usableCycles: 0, doubts: 1, voltage_V: { high: 4200 } })
    expect(effect.after).toMatchObject({ rows: effect.before.rows, usableCycles: 1, doubts: 0 })
    expect(effect.after.voltage_V!.high).toBeCloseTo(4.2, 9)
    expect(await ask('quarantine/list', {})).toHaveLength(1)
    expect(await failure('quarantine/preview', { id, repairs: ['guess'] })).toMatchObject({
      code: 'bad-input',
    })
  })

  it('quarantine/accept imports with the repair and logs the decision with the record', async () => {
    const [{ id, path }] = await ask('quarantine/list', {})
    const file = await ask('quarantine/accept', { id, repairs: ['voltage-times-0.001'] })
    expect(file).toMatchObject({ path, status: 'imported', cells: [id], repairs: ['voltage-times-0.001'] })
    const { description, records, cycles } = await ask('cells/get', { id })
    expect(description).toMatchObject({ name: 'millivolt ö', chemistry: 'NCA' })
    expect(cycles).toMatchObject([{ hasChargeCurve: true }])
    expect(records[0].acceptance).toMatchObject({
      repairs: ['voltage-times-0.001'],
      doubts: [{ code: 'voltage-range' }],
      before: { usableCycles: 0 },
      after: { usableCycles: 1 },
    })
    expect(await ask('quarantine/list', {})).toEqual([])
    expect(existsSync(join(places().library, 'quarantine', id))).toBe(false)
  })

  it('files/import accepts at once what it is told to, and only what the file proposes', async () => {
    const path = write('turned.csv', turned)
    const held = await ask('files/import', { paths: [path], accept: ['voltage-times-0.001'] })
    expect(held.files).toMatchObject([{ status: 'quarantined' }])
    const taken = await ask('files/import', { paths: [path], accept: ['proposed'] })
    expect(taken.files).toMatchObject([{ status: 'imported', repairs: ['invert-current'] }])
    const again = await ask('files/import', { paths: [path] })
    expect(again.files).toMatchObject([{ status: 'imported', known: true }])
  })

  it('quarantine/retry reads again, quarantine/reject forgets', async () => {
    const { files } = await ask('files/import', { paths: [write('series.csv', series)] })
    const id = files[0].quarantine!
    const retried = await ask('quarantine/retry', { id, nominalCapacity_Ah: 2 })
    expect(retried).toMatchObject({ status: 'quarantined', quarantine: id })
    expect(await ask('quarantine/reject', { ids: [id] })).toEqual({ rejected: 1 })
    expect(existsSync(join(places().library, 'quarantine', id))).toBe(false)
    expect(await failure('quarantine/preview', { id, repairs: [] })).toMatchObject({
      code: 'no-such-quarantined-file',
    })
  })

  it('quarantine/accept takes the numbers as they stand when told so', async () => {
    const { files } = await ask('files/import', { paths: [write('series.csv', series)] })
    const file = await ask('quarantine/accept', { id: files[0].quarantine!, repairs: ['as-recorded'] })
    expect(file).toMatchObject({ status: 'imported' })
    const { records } = await ask('cells/get', { id: file.cells[0] })
    expect(records[0].acceptance).toMatchObject({
      repairs: ['as-recorded'],
      findings: [{ code: 'voltage-range' }],
    })
  })
}
