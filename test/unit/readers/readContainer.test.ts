import { expect, it } from 'vitest'
import { readRecord } from '../../support/readRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'
import { workbookOf } from '../../fixtures/workbook.ts'
import { needsShared, sharedData } from '../../support/shared.ts'

const files = [
  ['cycler-exports/landt/landt_custom_data_002.xlsx', 'landt', 16_538],
  ['cycler-exports/neware/GMJuly2022_CELL002_RPT_3.xlsx', 'neware', 2833],
  ['cycler-exports/arbin/bs542_004_Channel_11.xlsx', 'arbin', 4526],
  ['cycler-exports/arbin/20160805_test001_45_cc_01.res', 'arbin', 10_261],
  ['open-ageing/calce-LCO/CS2_35_8_17_10.xlsx', 'arbin', 1091],
] as const

it.skipIf(needsShared !== '').each(files)(`reads %s as %s${needsShared}`, async (file, format, rows) => {
  const read = await readRecord(sharedData(...file.split('/')) ?? '')
  expect({ format: read.format, rows: read.rows }).toEqual({ format, rows })
})

const folder = temporaryFolder()
const chinese = ['记录序号', '循环序号', '工步类型', '相对时间(h:min:s.ms)', '电压(V)', '电流(A)', '容量(Ah)']

/** A charge and a discharge of an hour at 2 A; times and the one capacity restart with the step, the current has no sign. */
function chineseRows(capacityPerHour: number) {
  return ['恒流充电', '恒流放电'].flatMap((step, half) =>
    Array.from({ length: 31 }, (_, i) => [
      half * 31 + i + 1,
      1,
      step,
      `${i === 30 ? 1 : 0}:${String((i * 2) % 60).padStart(2, '0')}:00.000`,
      half === 0 ? 3.5 + 0.02 * i : 4.1 - 0.03 * i,
      2,
      (i / 30) * capacityPerHour,
    ]),
  )
}

async function readChinese(capacityPerHour: number) {
  const sheets = [
    { name: '测试信息', rows: [['条码', 'B7']] },
    { name: '记录数据', rows: [chinese, ...chineseRows(capacityPerHour)] },
  ]
  return readRecord(folder.write('cell.xlsx', workbookOf(sheets)))
}

it('reads Chinese sheets with one capacity for both directions', async () => {
  const { format, rows, record, findings } = await readChinese(2)
  expect({ format, rows }).toEqual({ format: 'neware', rows: 62 })
  expect(record.time.at(-1)).toBe(7200)
  expect(Math.max(...record.chargeCapacity)).toBeCloseTo(2, 6)
  expect(Math.max(...record.dischargeCapacity)).toBeCloseTo(2, 1)
  expect(findings.map(({ code }) => code)).not.toContain('charge-balance')
})

it('holds that one capacity against the current', async () => {
  const { findings } = await readChinese(2000)
  expect(findings.map(({ code }) => code)).toContain('charge-balance')
})
