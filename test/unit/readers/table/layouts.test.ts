import { describe, expect, it } from 'vitest'
import { readFile } from '../../../../src-main/readers/readFile.ts'
import { readRecord } from '../../../support/readRecord.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'

const folder = temporaryFolder()
const read = (text: string) => readRecord(folder.write('cell.csv', text))

/** Each writes one hour at 1 A from 3.7 to 3.8 V in the way of one program. */
const layouts: readonly { readonly what: string; readonly format: string; readonly text: string }[] = [
  {
    what: 'PEC, whose Test is a number and no time',
    format: 'pec',
    text: 'Test:,77\nChemistry:,none\nTest,Cell,Step,Cycle,Total Time (Hours in hh:mm:ss.xxx),Load On Time (Hours in hh:mm:ss.xxx),Position Start Time,Voltage (mV),Current (mA)\n77,A,1,0,00:00:00.000,00:00:00.000,x,3700,1000\n77,A,1,0,01:00:00.000,01:00:00.000,x,3800,1000\n',
  },
  {
    what: 'Novonix, in sections',
    format: 'novonix',
    text: '[Summary]\nCell: a\n[End Summary]\n[Data]\nDate and Time,Cycle Number,Step Type,Run Time (h),Step Time (h),Current (A),Potential (V),Temperature (°C)\n2025-01-01 00:00:00,1,7,0,0,1,3.7,25\n2025-01-01 01:00:00,1,7,1,1,1,3.8,25\n',
  },
  {
    what: 'vdf, with units in a row of their own',
    format: 'vdf',
    text: 'Start Time: 1\n[DATA START]\nDatapoint Number\tTest Time\tCurrent\tPotential\tAmbient Temperature\nnone\tsecond\tmA\tmV\tcelsius\n1\t0\t1000\t3700\t20\n2\t3600\t1000\t3800\t20\n',
  },
  {
    what: 'BioLogic with a reference electrode',
    format: 'biologic',
    text: 'time/s\tEwe/V\tEce/V\tI/mA\tEwe-Ece/V\n0\t3.9\t0.2\t1000\t3.7\n3600\t3.9\t0.1\t1000\t3.8\n',
  },
  {
    what: 'NEBULA in Chinese',
    format: 'nebula',
    text: '数据序号,循环,工步序号,工步类型,相对时间(h:min:s.ms),电压(V),电流(A),容量(Ah)\n1,1,1,充电,00:00:00.000,3.7,1,0\n2,1,1,充电,01:00:00.000,3.8,1,1\n',
  },
  {
    what: 'Neware in Chinese',
    format: 'neware',
    text: '记录序号\t循环号\t工步类型\t时间\t总时间\t电流(mA)\t电压(mV)\n1\t1\t恒流充电\t0:00:00\t0:00:00\t1000\t3700\n2\t1\t恒流充电\t1:00:00\t1:00:00\t1000\t3800\n',
  },
  {
    what: 'Neware of step times alone',
    format: 'neware',
    text: 'Record ID,Cycle ID,Step ID,Time(h:min:s.ms),Voltage(V),Current(mA)\n1,1,1,0:00:00.000,3.7,1000\n2,1,1,1:00:00.000,3.8,1000\n',
  },
  {
    what: 'Basytec in German',
    format: 'basytec',
    text: '~Name: a\n~Zeit[h];Befehl;U[V];I[A]\n0,0;Laden;3,7;1,0\n1,0;Laden;3,8;1,0\n',
  },
  {
    what: 'Maccor with a state and a trailing tab',
    format: 'maccor',
    text: 'Name:\ta\nRec\tCycle P\tCycle C\tStep\tTest Time (Hr)\tCap. [Ah]\tCurrent [A]\tVoltage [V]\tMd\t\n1\t0\t1\t1\t0\t0\t1\t3.7\tC\t\n2\t0\t1\t1\t1\t1\t1\t3.8\tC\t\n',
  },
  {
    what: 'Landt as text',
    format: 'landt',
    text: 'Record,TestTime/Sec,Current/mA,Capacity/mAh,Voltage/V,Step-State\n1,0,1000,0,3.7,C_CC\n2,3600,1000,1000,3.8,C_CC\n',
  },
  {
    what: 'NASA',
    format: 'nasa',
    text: 'Voltage_measured,Current_measured,Temperature_measured,Current_charge,Voltage_charge,Time\n3.7,1,24,1,4,0\n3.8,1,24,1,4,3600\n',
  },
  {
    what: 'dates alone',
    format: 'cycler-table',
    text: 'Date;Voltage (V);Current (A)\n31.12.2024 23:30:00;3,7;1\n01.01.2025 00:30:00;3,8;1\n',
  },
]

describe('the layout', () => {
  it.each(layouts)('of $what is read as $format', async ({ format, text }) => {
    const { record, format: found } = await read(text)
    expect(found).toBe(format)
    expect([...record.time]).toEqual([0, 3600])
    expect([...record.voltage].map((value) => value.toFixed(6))).toEqual(['3.700000', '3.800000'])
    expect([...record.current]).toEqual([1, 1])
  })
})

const heading = 'Test Time (s),Voltage (V),Current (A)'

describe('among measured rows', () => {
  it('leaves out blank ones, headings again and footers, and says so', async () => {
    const { rows, findings } = await read(
      `${heading}\n0,3.7,1\n,,\n1,-,NA\n${heading}\n3600,3.8,1\nEnd of data\n`,
    )
    expect(rows).toBe(2)
    expect(findings).toContainEqual(expect.objectContaining({ code: 'lines-skipped', isNote: true, line: 5 }))
  })

  it('refuses a missing voltage beside a measured current', async () => {
    await expect(read(`${heading}\n0,3.7,1\n1,-,1\n`)).rejects.toMatchObject({
      code: 'not-numeric',
      detail: { line: 3, column: 'Voltage (V)' },
    })
  })

  it('names the row at which the file was cut', async () => {
    await expect(read(`${heading}\n0,3.7,1\n3600,3.\n`)).rejects.toMatchObject({
      code: 'truncated',
      detail: { line: 3 },
    })
  })
})

it('turns a discharge around where only the state tells', async () => {
  const { record } = await read(
    'Record,TestTime/Sec,Current/mA,Voltage/V,Step-State\n1,0,1000,3.7,D_CC\n2,60,1000,3.7,C_CC\n',
  )
  expect([...record.current]).toEqual([-1, 1])
})

it('adds up step times that restart, and says so', async () => {
  const { record, findings } = await read(
    'Relative Time,Voltage(V),Current(A)\n0:00:00,3.7,1\n0:01:00,3.7,1\n0:00:00,3.7,0\n0:00:30,3.7,0\n',
  )
  expect([...record.time]).toEqual([0, 60, 60, 90])
  const told = findings.find(({ code }) => code === 'time-from-steps')
  expect(told).toMatchObject({ isNote: true, column: 'Relative Time' })
  expect(told?.message).toContain('what passed between two steps is not in the file')
})

it('places steps by the dates beside them, one that begins later than the other ended too', async () => {
  const rows = [
    ['0:00:00', 1, '12:00:00'],
    ['0:01:00', 1, '12:01:00'],
    ['0:00:00', 2, '12:11:00'],
    ['0:00:05', 2, '12:11:05'],
    ['0:00:10', 3, '12:31:10'],
  ].map(([time, step, clock]) => `${time},${step},3.7,1,2024-01-25 ${clock}\n`)
  const { record } = await read(`Relative Time,Step ID,Voltage(V),Current(A),Date\n${rows.join('')}`)
  expect([...record.time]).toEqual([0, 60, 660, 665, 1870])
})

it('refuses decimal commas between commas', async () => {
  await expect(read('Test Time (s),Voltage (V),Current (A)\n0,0,3,7,1,0\n')).rejects.toMatchObject({
    code: 'column-count',
    detail: { line: 2 },
  })
})

it('refuses a row between blanks that has lost a cell', async () => {
  await expect(read('~Time[h] U[V] I[A] T1[C]\n0 3.7 1 25\n1 1 25\n')).rejects.toMatchObject({
    code: 'column-count',
    detail: { line: 3 },
  })
})

it('holds a Maccor record without signs unless its voltage shows a charge', async () => {
  const heading = 'Rec,Cycle C,Test Time (sec),Current,Voltage,DPT Time\n'
  const rows = (step: number) =>
    Array.from({ length: 5 }, (_, i) => `${i + 1},1,${i * 60},2.0,${(3.7 + step * i).toFixed(3)},x\n`).join(
      '',
    )
  const doubts = async (step: number) =>
    (await read(heading + rows(step))).findings.filter(({ isDoubt }) => isDoubt).map(({ code }) => code)
  expect(await doubts(0.02)).toEqual([])
  expect(await doubts(0.001)).toEqual(['sign-missing'])
  expect(await doubts(-0.02)).toEqual(['sign-missing'])
})

it('takes a sign for one of thousands only where the file has shown it', async () => {
  const heading = 'Test Time (s)\tVoltage (V)\tCurrent (A)\n999.5\t3.7\t1\n'
  const { record } = await read(`${heading}1,000.5\t3.7\t1\n1,002\t3.7\t1\n`)
  expect([...record.time]).toEqual([999.5, 1000.5, 1002])
  await expect(read(`${heading}1,002\t3.7\t1\n`)).rejects.toMatchObject({ code: 'mixed-decimals' })
})

it.each([
  ['05/06/2021', '06/06/2021'],
  ['12/06/2021', '13/06/2021'],
])('refuses dates that may name the day or the month first: %s to %s', async (from, to) => {
  const text = `Date,Voltage (V),Current (A)\n${from} 23:00:00,3.7,1\n${to} 01:00:00,3.8,1\n`
  await expect(read(text)).rejects.toMatchObject({ code: 'ambiguous-date', detail: { line: 3 } })
})

it.skipIf(sharedData() === null)(`tells that an export has lost its current${needsShared}`, async () => {
  const path = sharedData('cycler-exports/misc/custom_data_001_semicolon.csv')!
  await expect(readFile(path)).rejects.toMatchObject({ code: 'no-current', detail: { column: 'current' } })
})

it('notes a unit that nothing in the file proves', async () => {
  const { findings } = await read('time,voltage,current\n0,3.7,1\n3600,3.8,1\n')
  const assumed = findings.filter(({ code }) => code === 'unit-assumed')
  expect(assumed.map(({ column, isNote }) => ({ column, isNote }))).toEqual([
    { column: 'time', isNote: true },
    { column: 'voltage', isNote: true },
    { column: 'current', isNote: true },
  ])
})

const genuine = [
  { path: 'cycler-exports/pec/Test25205.csv', format: 'pec', rows: 489, end: 70_918.98 },
  { path: 'cycler-exports/novonix/sample_data_novonix.csv', format: 'novonix', rows: 207, end: 12_287.48004 },
  { path: 'open-ageing/nasa-B0005/charge_2.csv', format: 'nasa', rows: 940, end: 10_516 },
]

it.skipIf(sharedData() === null).each(genuine)(
  `reads $path as $format${needsShared}`,
  async ({ path, format, rows, end }) => {
    const { record, ...result } = await readRecord(sharedData(path)!)
    expect({ format: result.format, rows: result.rows }).toEqual({ format, rows })
    expect(record.time.at(-1)).toBeCloseTo(end, 6)
  },
)

it('refuses units below the heading that are of other things', async () => {
  const text = 'Datapoint,Test Time,Current,Potential\nnone,volt,ampere,celsius\n1,0,1,3.7\n'
  await expect(read(text)).rejects.toMatchObject({ code: 'unknown-format' })
})
