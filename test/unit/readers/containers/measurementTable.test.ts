import { expect, it } from 'vitest'
import { measurementTable } from '../../../../src-main/readers/containers/measurementTable.ts'
import type { SourceTable } from '../../../../src-main/readers/containers/sourceTable.ts'

const headings = ['Record Index', 'Relative Time', 'Voltage(V)', 'Current(mA)']
const point = (index: number) => [index, '0:00:01', 3.6, 100]
const sheet = (name: string, ...rows: SourceTable['rows']) => ({ name, rows })

it('joins sheets that the maker split, in the order of their records', () => {
  const { maker, table } = measurementTable([
    sheet('Cycle_67_1_1', ['Cycle', 'Capacity(mAh)'], [1, 2000]),
    sheet('Detail_67_1_1_2', headings, point(3), point(4)),
    sheet('Detail_67_1_1_1', headings, point(1), point(2)),
    sheet('DetailTemp_67_1_1', ['Record Index', 'Relative Time', 'T1'], [1, '0:00:01', 25], [2, '', 25]),
  ])
  expect(maker).toBe('neware')
  expect(table.rows).toEqual([headings, point(1), point(2), point(3), point(4)])
})

const arbin = ['Data_Point', 'Test_Time(s)', 'Current(A)', 'Voltage(V)']

it('joins the sheets of one Arbin channel and leaves its statistics', () => {
  const { maker, table, metadata } = measurementTable([
    sheet('Info', ['Channel', 'Start_DateTime', 'Comments', 'Item_ID'], ['1-008', 45_000.5, null, 'B7']),
    sheet('Channel_1-008_1', arbin, [1, 0, 1, 3.6]),
    sheet('Channel_1-008_2', arbin, [2, 1, 1, 3.6]),
    sheet('Statistics_1-008', arbin, [2, 1, 1, 3.6], [2, 1, 1, 3.6], [2, 1, 1, 3.6]),
  ])
  expect({ maker, rows: table.rows.length }).toEqual({ maker: 'arbin', rows: 3 })
  expect(metadata).toEqual({ channel: '1-008', serial: 'B7', startTime: '2023-03-15T12:00:00' })
})

it('refuses a workbook of several Arbin channels', () => {
  const tables = ['Channel_1-008', 'Channel_1-009'].map((name) => sheet(name, arbin, [1, 0, 1, 3.6]))
  expect(() => measurementTable(tables)).toThrow(
    expect.objectContaining({ kind: 'refused', code: 'several-channels' }),
  )
})

it('finds Chinese headings below a title, on a sheet with a Chinese name', () => {
  const chinese = ['记录序号', '相对时间', '电压(V)', '电流(A)', '容量(Ah)']
  const { maker, table, metadata } = measurementTable([
    sheet('测试信息', ['条码', null, 'B7'], ['备注', '第一', null], ['标称容量', '-']),
    sheet('循环层', ['循环号', '时间', '电压(V)', '电流(A)'], [1, 1, 3, 1]),
    sheet('记录层', ['通道 1'], chinese, [1, '0:00:01', 3.6, 1, 0]),
  ])
  expect(maker).toBe('neware')
  expect(table.rows).toEqual([chinese, [1, '0:00:01', 3.6, 1, 0]])
  expect(metadata).toEqual({ serial: 'B7', comment: '第一' })
})

it('joins the temperature of an Arbin database by data point', () => {
  const { table } = measurementTable([
    sheet(
      'Auxiliary_Table',
      ['Test_ID', 'Data_Point', 'Auxiliary_Index', 'Data_Type', 'X'],
      [1, 2, 0, 1, 25.5],
    ),
    sheet(
      'Channel_Normal_Table',
      ['Test_ID', 'Data_Point', 'DateTime', 'Voltage'],
      [1, 1, 42_587.5, 3.6],
      [1, 2, 42_587.75, 3.7],
    ),
  ])
  expect(table.rows).toEqual([
    ['Test_ID', 'Data_Point', 'Date_Time', 'Voltage(V)', 'Aux_Temperature(C)'],
    [1, 1, new Date('2016-08-05T12:00:00Z'), 3.6, null],
    [1, 2, new Date('2016-08-05T18:00:00Z'), 3.7, 25.5],
  ])
})

it('refuses tables without voltage, current and time', () => {
  expect(() => measurementTable([sheet('Sheet1', ['Cycle', 'Capacity(Ah)'], [1, 2])])).toThrow(
    expect.objectContaining({ kind: 'refused', code: 'no-measurement' }),
  )
})
