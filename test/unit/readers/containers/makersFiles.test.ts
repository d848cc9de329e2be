import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { accessTables } from '../../../../src-main/readers/containers/access.ts'
import { containerOf } from '../../../../src-main/readers/containers/containerOf.ts'
import { measurementTable } from '../../../../src-main/readers/containers/measurementTable.ts'
import { xlsxTables } from '../../../../src-main/readers/containers/xlsx.ts'
import { sourceAt } from '../../../../src-main/readers/source/sourceAt.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'

const isAbsent = sharedData() === null

const workbooks = [
  {
    path: 'cycler-exports/landt/landt_custom_data_002.xlsx',
    maker: 'landt',
    sheet: 'Record-Tab',
    rows: 16539,
    headings: ['Record', 'TestTime/Sec'],
  },
  {
    path: 'cycler-exports/nebula/NMC_C_21_B_6_workstep.xlsx',
    maker: 'nebula',
    sheet: 'Sheet1',
    rows: 3642,
    headings: ['工步序号', '步次'],
    level: 'step',
  },
  {
    path: 'cycler-exports/neware/GMJuly2022_CELL002_RPT_3.xlsx',
    maker: 'neware',
    sheet: 'record',
    rows: 2834,
    headings: ['DataPoint', 'Cycle Index'],
    metadata: { partNumber: 'GMJuly2022_CELL002', startTime: '2023-01-10 14:33:33' },
  },
  {
    path: 'cycler-exports/arbin/bs542_004_Channel_11.xlsx',
    maker: 'arbin',
    sheet: 'Channel_11_1',
    rows: 4527,
    headings: ['Date_Time', 'Test_Time(s)'],
    metadata: { channel: '11', startTime: '2020-10-19T11:33:31' },
  },
  {
    path: 'open-ageing/calce-LCO/CS2_35_8_18_10.xlsx',
    maker: 'arbin',
    sheet: 'Channel_1-008',
    rows: 384,
    headings: ['Data_Point', 'Test_Time(s)'],
    metadata: { channel: '1-008', startTime: '2010-08-17T14:30:27' },
  },
  {
    path: 'open-ageing/calce-LCO/CS2_35_8_17_10.xlsx',
    maker: 'arbin',
    sheet: 'Channel_1-008',
    headings: ['Data_Point'],
  },
  {
    path: 'open-ageing/calce-LCO/CS2_35_2_10_11.xlsx',
    maker: 'arbin',
    sheet: 'Channel_1-008',
    headings: ['Data_Point'],
  },
]

it.skipIf(isAbsent).each(workbooks)(
  `finds the measurement in $path${needsShared}`,
  async ({ path, maker, sheet, rows, headings, level = 'record', metadata = {} }) => {
    const bytes = readFileSync(sharedData(path)!)
    expect(await containerOf(bytes.subarray(0, 64), await sourceAt(sharedData(path)!))).toBe('xlsx')
    const found = measurementTable(await xlsxTables(bytes))
    expect(found).toMatchObject({ maker, level, metadata, table: { name: sheet } })
    expect(found.table.rows[0].slice(0, headings.length)).toEqual(headings)
    if (rows !== undefined) expect(found.table.rows).toHaveLength(rows)
  },
)

it.skipIf(isAbsent)(`sorts the record of an Arbin database${needsShared}`, async () => {
  const path = sharedData('cycler-exports/arbin/20160805_test001_45_cc_01.res')!
  const bytes = readFileSync(path)
  expect(await containerOf(bytes.subarray(0, 64), await sourceAt(path))).toBe('access')
  const { maker, table, metadata } = measurementTable(await accessTables(bytes))
  expect(maker).toBe('arbin')
  const [headings, ...rows] = table.rows
  expect(headings.slice(0, 5)).toEqual(['Test_ID', 'Data_Point', 'Test_Time(s)', 'Step_Time(s)', 'Date_Time'])
  expect(rows).toHaveLength(10_261)
  expect(rows.every((row, i) => i === 0 || Number(row[1]) > Number(rows[i - 1][1]))).toBe(true)
  expect(metadata).toMatchObject({
    testName: '20160805_sic006_45_cc_01-01-003',
    startTime: '2016-08-05T16:16:23',
  })
})

const refused = [
  { path: 'neware/neware_bts7_custom_data_003.xls', advice: /save it as xlsx/ },
  { path: 'neware/TestFile.nda', advice: /BTSDA/ },
  { path: 'neware/TESTCELL0001-M50T.ndax', advice: /BTSDA/ },
  { path: 'neware/fastnda_empty.ndax', advice: /BTSDA/ },
  { path: 'neware/fastnda_Unit27_Example_Corrupt.ndax', advice: /BTSDA/ },
  { path: 'neware/fastnda_interp-test.ndax', advice: /BTSDA/ },
  { path: 'biologic/bdf_GCPL-0.mpr', advice: /EC-Lab/ },
]

it.skipIf(isAbsent).each(refused)(
  `says what to export instead of $path${needsShared}`,
  async ({ path, advice }) => {
    const file = sharedData('cycler-exports', path)!
    await expect(containerOf(readFileSync(file).subarray(0, 64), await sourceAt(file))).rejects.toMatchObject(
      {
        kind: 'refused',
        code: 'unsupported-format',
        detail: { advice: expect.stringMatching(advice) as unknown },
      },
    )
  },
)
