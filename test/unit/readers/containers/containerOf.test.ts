import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { containerOf } from '../../../../src-main/readers/containers/containerOf.ts'
import { sourceAt } from '../../../../src-main/readers/source/sourceAt.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'
import { workbookOf, zipOf } from '../../../fixtures/workbook.ts'

const folder = temporaryFolder()
const workbook = workbookOf([{ name: 'record', rows: [['Time'], [1]] }])
const zipWith = (name: string) => zipOf([{ name, content: 'x' }])

function containerIn(content: Uint8Array): ReturnType<typeof containerOf> {
  const path = folder.write('measurement.csv', content)
  return sourceAt(path).then((source) => containerOf(readFileSync(path).subarray(0, 64), source))
}

it.each([
  { what: 'a workbook', content: workbook, container: 'xlsx' },
  { what: 'a Jet database', content: Buffer.from('\0\x01\0\0Standard Jet DB\0'), container: 'access' },
  { what: 'an ACE database', content: Buffer.from('\0\x01\0\0Standard ACE DB\0'), container: 'access' },
  { what: 'Parquet', content: Buffer.from('PAR1…PAR1'), container: 'parquet' },
  { what: 'an archive', content: zipWith('cell.csv'), container: 'archive' },
  { what: 'an empty archive', content: zipOf([]), container: 'archive' },
  { what: 'text', content: Buffer.from('Time,Voltage'), container: null },
])('knows $what by its content', async ({ content, container }) => {
  expect(await containerIn(content)).toBe(container)
})

it.each([
  {
    what: 'xls',
    content: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    code: 'unsupported-format',
    advice: /xlsx/,
  },
  {
    what: 'mpr',
    content: Buffer.from('BIO-LOGIC MODULAR FILE'),
    code: 'unsupported-format',
    advice: /EC-Lab/,
  },
  { what: 'nda', content: Buffer.from('NEWARE20240403'), code: 'unsupported-format', advice: /BTSDA/ },
  { what: 'ndax', content: zipWith('data.ndc'), code: 'unsupported-format', advice: /BTSDA/ },
  { what: 'xlsb', content: zipWith('xl/workbook.bin'), code: 'unsupported-format', advice: /xlsx/ },
  { what: 'ods', content: zipWith('content.xml'), code: 'unsupported-format', advice: /xlsx/ },
  { what: 'docx', content: zipWith('[Content_Types].xml'), code: 'unsupported-format', advice: /xlsx/ },
  { what: 'a cut zip', content: workbook.subarray(0, 600), code: 'truncated', advice: /again/ },
  {
    what: 'a zip bomb',
    content: zipOf([{ name: 'xl/workbook.xml', content: 'x', declared_bytes: 2 ** 30 + 1 }]),
    code: 'too-large',
    advice: /csv/,
  },
])('refuses $what and says what to do', async ({ content, code, advice }) => {
  const expected: unknown = expect.stringMatching(advice)
  await expect(containerIn(content)).rejects.toMatchObject({
    kind: 'refused',
    code,
    detail: { advice: expected },
  })
})
