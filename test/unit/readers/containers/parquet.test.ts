import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { parquetTables } from '../../../../src-main/readers/containers/parquet.ts'
import { parquetTable } from '../../../../src-main/readers/containers/parquetTable.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'

function parquetOf(codec: 'SNAPPY' | 'UNCOMPRESSED', data = [0, 1.5, 3]): Uint8Array<ArrayBuffer> {
  const columnData = [
    { name: 'Test Time / s', data, type: 'DOUBLE' as const },
    { name: 'cycle', data: data.map((_, i) => BigInt(i)), type: 'INT64' as const },
    { name: 'step', data: data.map(() => 'CC'), type: 'STRING' as const },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData, codec }))
}

const table = [
  {
    name: 'table',
    rows: [
      ['Test Time / s', 'cycle', 'step'],
      [0, 0, 'CC'],
      [1.5, 1, 'CC'],
      [3, 2, 'CC'],
    ],
  },
]

it.each(['SNAPPY', 'UNCOMPRESSED'] as const)('reads columns packed as %s', async (codec) => {
  expect(await parquetTables(parquetOf(codec))).toEqual(table)
})

const whole = parquetOf('SNAPPY')

it.each([
  { what: 'text', bytes: new TextEncoder().encode('Time,Voltage'), code: 'unsupported-format' },
  { what: 'a cut file', bytes: whole.subarray(0, whole.length - 9), code: 'truncated' },
  { what: 'no rows', bytes: parquetOf('SNAPPY', []), code: 'empty-file' },
  { what: 'an encrypted file', bytes: new TextEncoder().encode('PARE 12345678 PARE'), code: 'encrypted' },
  { what: 'nothing but its marks', bytes: new TextEncoder().encode('PAR1PAR1'), code: 'damaged' },
])('refuses $what', async ({ bytes, code }) => {
  await expect(parquetTables(bytes)).rejects.toMatchObject({ kind: 'refused', code })
})

it('ends in a reading or a refusal wherever a byte is wrong', async () => {
  for (let at = 0; at < whole.length; at++) {
    const bytes = whole.slice()
    bytes[at] = (bytes[at] ?? 0) ^ 0x2a
    const outcome = await parquetTable(bytes.buffer).catch((error: unknown) => error)
    expect('rows' in (outcome as object) || (outcome as Error).name === 'Failure').toBe(true)
  }
})

it('leaves no failure uncaught when several columns are damaged', async () => {
  const random = seededRandom(5)
  for (let round = 0; round < 300; round++) {
    const bytes = whole.slice()
    for (let i = 0; i < 12; i++) bytes[Math.floor(random.uniform() * bytes.length)] = 255 * random.uniform()
    await parquetTable(bytes.buffer).catch((error: unknown) => expect((error as Error).name).toBe('Failure'))
  }
})

// A run of 2^31 like values where three stand: the library would write them all.
it('gives up on a count that would fill the memory', async () => {
  const bytes = whole.slice()
  bytes.set([0xfe, 0xff, 0xff, 0xff, 0x0f], 29)
  await expect(parquetTables(bytes, 4000)).rejects.toMatchObject({ code: 'damaged' })
})
