import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { cellOfRow } from '../../src-shared/contract/cellRows.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'

interface Asking {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** Of the samples. */
  readonly cells: () => string[]
}

/** What the library shows of its cells, as they were read. */
export function cellCases({ ask, failure, cells }: Asking): void {
  it('cells/rows tells the same as cells/list', async () => {
    const listed = await ask('cells/list', {})
    const rows = await ask('cells/rows', {})
    expect(rows.map(cellOfRow)).toEqual(listed)
    expect(JSON.stringify(rows).length).toBeLessThan(JSON.stringify(listed).length / 2)
  })

  it('cells/list, cells/get and cells/cycle show what was read', async () => {
    const listed = await ask('cells/list', {})
    expect(listed.map((cell) => cell.id)).toEqual(expect.arrayContaining(cells()))
    const { cycles } = await ask('cells/get', { id: cells()[0] })
    expect(cycles.some((cycle) => cycle.usable)).toBe(true)
    const detail = await ask('cells/cycle', { id: cells()[0], row: cycles[0].row })
    expect(detail.chargeCurve?.charge_Ah).toHaveLength(50)
    expect(detail.record?.voltage_V.length).toBe(detail.record?.time_s.length)
  })

  it('cells/record shows the whole record and where the cycle stands in it', async () => {
    const { cycles, records } = await ask('cells/get', { id: cells()[1] })
    const { fileName, preview } = await ask('cells/record', { id: cells()[1], row: cycles[1].row })
    expect(fileName).toBe(basename(records[0].path))
    expect(preview!.time_s.length).toBeLessThanOrEqual(3002)
    expect(preview!.voltage_V).toHaveLength(preview!.time_s.length)
    expect(preview!.rows).toBeGreaterThanOrEqual(preview!.time_s.length)
    const { from, to } = preview!.used_s!
    expect(from).toBeGreaterThan(preview!.time_s[0])
    expect(to).toBeGreaterThan(from)
    expect((await failure('cells/record', { id: cells()[0], row: 999 })).code).toBe('no-such-row')
    const derived = (await ask('cells/list', {})).find(({ cycles: count }) => count > 50)!
    expect((await ask('cells/record', { id: derived.id, row: 0 })).preview).toBeNull()
  })
}
