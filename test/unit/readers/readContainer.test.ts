import { expect, it } from 'vitest'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { needsShared, sharedData } from '../../support/shared.ts'

const files = [
  ['cycler-exports/landt/landt_custom_data_002.xlsx', 'landt', 16_538],
  ['cycler-exports/neware/GMJuly2022_CELL002_RPT_3.xlsx', 'neware', 2833],
  ['cycler-exports/arbin/bs542_004_Channel_11.xlsx', 'arbin', 4526],
  ['cycler-exports/arbin/20160805_test001_45_cc_01.res', 'arbin', 10_261],
  ['open-ageing/calce-LCO/CS2_35_8_17_10.xlsx', 'arbin', 1091],
] as const

it.skipIf(needsShared !== '').each(files)(`reads %s as %s${needsShared}`, async (file, format, rows) => {
  const read = await readFile(sharedData(...file.split('/')) ?? '')
  expect({ format: read.format, rows: read.rows }).toEqual({ format, rows })
})
