import { expect, it } from 'vitest'
import { xlsxTables } from '../../../../src-main/readers/containers/xlsx.ts'
import { workbookOf, workbookParts, zipOf } from '../../../fixtures/workbook.ts'

const rows = [
  ['Time', 'Voltage(V)', null, 'On'],
  [new Date('2023-01-10T14:33:33.000Z'), 3.5, null, true],
  [new Date('2023-07-10T02:30:00.000Z'), 3.6, 'x', false],
]
const workbook = workbookOf([{ name: 'record', rows, dimension: 'A1' }])

it('reads every cell although the sheet declares A1', async () => {
  expect(await xlsxTables(workbook)).toEqual([{ name: 'record', rows }])
})

it('leaves empty sheets out', async () => {
  const bytes = workbookOf([
    { name: 'curve', rows: [] },
    { name: 'record', rows },
  ])
  expect((await xlsxTables(bytes)).map(({ name }) => name)).toEqual(['record'])
})

const parts = workbookParts([{ name: 'record', rows }])
const sheet = parts.at(-1)!
const others = parts.slice(0, -1)

/** The workbook with its last cell at another place. */
function withCell(place: string): Buffer {
  const xml = String(sheet.content)
  const at = xml.lastIndexOf(' r="') + 4
  const content = `${xml.slice(0, at)}${place}${xml.slice(xml.indexOf('"', at))}`
  return zipOf([...others, { ...sheet, content }])
}

it.each([
  { what: 'no zip', bytes: Buffer.from('Time,Voltage'), code: 'unsupported-format' },
  { what: 'another zip', bytes: zipOf([{ name: 'a.txt', content: 'a' }]), code: 'unsupported-format' },
  { what: 'an empty zip', bytes: zipOf([]), code: 'unsupported-format' },
  { what: 'empty sheets', bytes: workbookOf([{ name: 'curve', rows: [] }]), code: 'empty-file' },
  { what: 'a cut file', bytes: workbook.subarray(0, 900), code: 'truncated' },
  {
    what: 'a lost beginning',
    bytes: Buffer.concat([workbook.subarray(0, 30), workbook.subarray(200)]),
    code: 'truncated',
  },
  { what: 'a bomb', bytes: zipOf([...others, { ...sheet, declared_bytes: 2 ** 30 }]), code: 'too-large' },
  {
    what: 'an understated size',
    bytes: zipOf([...others, { ...sheet, declared_bytes: 20 }]),
    code: 'damaged',
  },
  { what: 'an encrypted entry', bytes: zipOf([...others, { ...sheet, flags: 1 }]), code: 'encrypted' },
  { what: 'a missing sheet', bytes: zipOf(others), code: 'damaged' },
  {
    what: 'broken XML',
    bytes: zipOf([...others, { ...sheet, content: '<worksheet><sheetData><row' }]),
    code: /damaged|empty-file/,
  },
  { what: 'a row of endless digits', bytes: withCell('9'.repeat(300)), code: 'damaged' },
  { what: 'a row below the last that there can be', bytes: withCell('A1048577'), code: 'damaged' },
  { what: 'a column behind the last that there can be', bytes: withCell('XFE2'), code: 'damaged' },
  {
    what: 'a cell so far out that its sheet fills the memory',
    bytes: withCell('XFD1048576'),
    code: 'too-large',
  },
])('refuses $what', async ({ bytes, code }) => {
  const expected: unknown = typeof code === 'string' ? code : expect.stringMatching(code)
  await expect(xlsxTables(bytes)).rejects.toMatchObject({ kind: 'refused', code: expected })
})

it('ends in a reading or a refusal wherever a byte is wrong', async () => {
  for (let at = 0; at < workbook.length; at += 3) {
    const bytes = Buffer.from(workbook)
    bytes[at] = (bytes[at] ?? 0) ^ 0x55
    const outcome = await xlsxTables(bytes).catch((error: unknown) => error)
    expect(Array.isArray(outcome) || (outcome as Error).name === 'Failure').toBe(true)
  }
})

it.each([16, 200, 600])(
  'refuses a workbook with its last %d bytes twice, which unpackers wait on',
  async (count) => {
    await expect(xlsxTables(Buffer.concat([workbook, workbook.subarray(-count)]))).rejects.toMatchObject({
      kind: 'refused',
    })
  },
)
