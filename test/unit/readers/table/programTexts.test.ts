import { describe, expect, it } from 'vitest'
import { doubtsAmong } from '../../../../src-shared/cell/finding.ts'
import { clockOf, dateOf, programRows, type ProgramRow } from '../../../fixtures/programTexts.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'
import { readRecord } from '../../../support/readRecord.ts'

const folder = temporaryFolder()

interface Layout {
  readonly what: string
  readonly format: string
  /** Lines down to the heading. */
  readonly opening: string
  readonly line: (row: ProgramRow) => string
}

const size = ({ current }: ProgramRow, scale = 1) => Math.abs(current * scale).toFixed(5)
const amperes = ({ current }: ProgramRow) => current.toFixed(5)
const milli = ({ current }: ProgramRow) => (current * 1000).toFixed(2)
const volts = ({ voltage }: ProgramRow) => voltage.toFixed(4)
const hours = (seconds: number) => (seconds / 3600).toFixed(8)
const comma = (text: string) => text.replaceAll('.', ',')
const word = (
  { kind }: ProgramRow,
  [rest, charge, held, discharge]: readonly [string, string, string, string],
) => ({ rest, charge, held, discharge })[kind]
const grouped = (value: number, language: string) =>
  value.toLocaleString(language, { minimumFractionDigits: 4, maximumFractionDigits: 4 })

const ecLab = [
  'EC-Lab ASCII FILE',
  'Nb header lines : 6',
  'Text export',
  '   Mode : Standard',
  '   Variables : mode;time/s;control/V/mA;Ewe/V;<I>/mA;(Q-Qo)/mA.h;cycle number;',
  'mode\tNs\ttime/s\tcontrol/V/mA\tEwe/V\t<I>/mA\tcycle number',
].join('\n')
const ecLabRow = (row: ProgramRow, time: string) =>
  `1\t${row.step}\t${time}\t0.0\t${row.voltage.toExponential(7)}\t${(row.current * 1000).toExponential(7)}\t${row.cycle}.0`

const layouts: readonly Layout[] = [
  {
    what: 'EC-Lab, whose preamble lists its variables',
    format: 'biologic',
    opening: ecLab,
    line: (row) => ecLabRow(row, row.time.toExponential(9)),
  },
  {
    what: 'EC-Lab on a French or German machine',
    format: 'biologic',
    opening: ecLab,
    line: (row) => comma(ecLabRow(row, row.time.toExponential(9))),
  },
  {
    what: 'EC-Lab with dates for times',
    format: 'biologic',
    opening: ecLab,
    line: (row) => ecLabRow(row, dateOf.american(row.time).replace(/ ([AP]M)$/, '.250 $1')),
  },
  {
    what: 'BioLogic, each third row with more cells',
    format: 'biologic',
    opening: 'BT-Lab ASCII FILE\n\ntime/s\tEcell/V\tI/mA\tcycle number\tStep time/s\tT1/°C\t',
    line: (row) =>
      `${row.time}\t${volts(row)}\t${milli(row)}\t${row.cycle}\t${row.stepTime}${row.record % 3 === 0 ? '\t25.3\t\t' : ''}`,
  },
  {
    what: 'Digatron, a sign between name and unit',
    format: 'digatron',
    opening:
      'Step,Status,Timestamp,Program Duration#s,Step Duration#s,Voltage#V,Current#A,AhCha#Ah,AhDch#Ah,Tenv#°C\nV,V,V,V,V,V,V,V,V,V',
    line: (row) =>
      `${row.step},x,${dateOf.iso(row.time)},${row.time}.0,${row.stepTime}.0,${volts(row)},${amperes(row)},${row.charged.toFixed(6)},${row.discharged.toFixed(6)},25`,
  },
  {
    what: 'Digatron, units between brackets below',
    format: 'digatron',
    opening:
      '\nBattery Name,one\nTime Stamp,Step,Status,Prog Time,Step Time,Cycle,Voltage,Current,Temperature,Capacity,WhAccu,\n,,,,,,[V],[A],[C],[Ah],[Wh],',
    line: (row) =>
      `${dateOf.american(row.time)},${row.step},x,${clockOf(row.time, 3)},${clockOf(row.stepTime, 3)},${row.cycle},${volts(row)},${amperes(row)},25.3,${row.net.toFixed(5)},0,`,
  },
  {
    what: 'Digatron in German',
    format: 'digatron',
    opening:
      'Zeitstempel;Schritt;Zustand;Programmdauer;Schrittdauer;Zyklus;Spannung;Strom;AhAccu\n;;;;;;[V];[A];[Ah]',
    line: (row) =>
      `${dateOf.european(row.time)};${row.step};x;${clockOf(row.time)};${clockOf(row.stepTime)};${comma(`${row.cycle};${volts(row)};${amperes(row)};${row.net.toFixed(5)}`)}`,
  },
  {
    what: 'Basytec between blanks, a date among them',
    format: 'basytec',
    opening:
      '~Start of Test: 25.01.2024 21:30:00\n~\n~Time[h] DataSet DateTime t-Step[h] Line Command U[V] I[A] Cyc-Count',
    line: (row) =>
      `${hours(row.time)} ${row.record} ${dateOf.european(row.time)} ${hours(row.stepTime)} ${row.step} x ${volts(row)} ${amperes(row)} ${row.cycle}`,
  },
  {
    what: 'Basytec in German, blanks and decimal commas',
    format: 'basytec',
    opening:
      '~Teststart: 25.01.2024 21:30:00\n~Zeit[h] DataSet Zeile Befehl   U[V]   I[A]   Ah[Ah] Zyk-Count',
    line: (row) =>
      comma(
        `${hours(row.time)} ${row.record} ${row.step} Laden   ${volts(row)}   ${amperes(row)}   ${row.net.toFixed(6)} ${row.cycle}`,
      ),
  },
  {
    what: 'Landt, sizes and the mode of the step',
    format: 'landt',
    opening: 'Record,Cycle,Step,TestTime,StepTime,SysTime,Voltage/V,Current/mA,StepStatus',
    line: (row) =>
      `${row.record},${row.cycle},${row.step},${clockOf(row.time)},${clockOf(row.stepTime)},${dateOf.iso(row.time)},${volts(row)},${size(row, 1000)},${word(row, ['R', 'CCC', 'CVC', 'CCD'])}`,
  },
  {
    what: 'Landt in Chinese',
    format: 'landt',
    opening: '记录序号,测试时间,电压/V,电流/mA,容量/mAh,工作模式',
    line: (row) =>
      `${row.record},${clockOf(row.time)},${volts(row)},${size(row, 1000)},${(row.inStep * 1000).toFixed(3)},${word(row, ['静置', '恒流充电', '恒压充电', '恒流放电'])}`,
  },
  {
    what: 'Bitrode with headings, sizes and a mode',
    format: 'bitrode',
    opening:
      'Test Name,one\n"Total Time, S","Cycle","Loop Counter #1","Step","Step Time, S","Current, A","Voltage, V","Amp-Hours, AH","Mode","Data Acquisition Flag"',
    line: (row) =>
      `${row.time},${row.cycle},0,${row.step},${row.stepTime},${size(row)},${volts(row)},${row.inStep.toFixed(5)},"${word(row, ['REST', 'CHRG', 'CHRG', 'DCHG'])}","T"`,
  },
  {
    what: 'Maccor, thousands grouped by commas',
    format: 'maccor',
    opening:
      'Rec#\tCycle P\tCycle C\tStep\tTest Time (s)\tCapacity (Ah)\tCurrent (A)\tVoltage (V)\tMD\tDPT Time',
    line: (row) =>
      `${row.record}\t0\t${row.cycle}\t${row.step}\t${grouped(row.time, 'en')}\t${row.inStep.toFixed(5)}\t${size(row)}\t${volts(row)}\t${word(row, ['R', 'C', 'C', 'D'])}\t${dateOf.american(row.time)}`,
  },
  {
    what: 'Maccor in German, thousands grouped by points',
    format: 'maccor',
    opening: 'Rec\tCycle P\tCycle C\tStep\tTest Time (s)\tCurrent (A)\tVoltage (V)\tMD\tDPT Time',
    line: (row) =>
      `${row.record}\t0\t${row.cycle}\t${row.step}\t${grouped(row.time, 'de')}\t${comma(size(row))}\t${comma(volts(row))}\t${word(row, ['R', 'C', 'C', 'D'])}\t${dateOf.european(row.time, '/')}`,
  },
  {
    what: 'Neware, times of steps and dates beside them',
    format: 'neware',
    opening: 'Record number,State,Cycle,Steps,Current(mA),Voltage(V),Relative Time(h:min:s.ms),Absolute Time',
    line: (row) =>
      `${row.record},${word(row, ['Rest', 'CC_Chg', 'CV_Chg', 'CC_DChg'])},${row.cycle},${row.step},${size(row, 1000)},${volts(row)},${clockOf(row.stepTime, 3)},${dateOf.iso(row.time)}`,
  },
  {
    what: "NewareNDA's table, whose Time is a step's",
    format: 'neware',
    opening:
      'Index,Cycle,Step,Status,Time,Voltage,Current(mA),Charge_Capacity(mAh),Discharge_Capacity(mAh),Timestamp',
    line: (row) =>
      `${row.record},${row.cycle},${row.step},x,${row.stepTime}.0,${volts(row)},${milli(row)},0,0,${dateOf.iso(row.time)}`,
  },
  {
    what: 'a relative time that never restarts',
    format: 'neware',
    opening: 'System Time,Step ID,Step State,Cycle ID,Relative Time(Sec),Voltage(V),Current(A)',
    line: (row) =>
      `${dateOf.iso(row.time)},${row.step},x,${row.cycle},${row.time},${volts(row)},${amperes(row)}`,
  },
  {
    what: 'BDF in thousandths',
    format: 'bdf',
    opening:
      'test_time_millisecond,voltage_millivolt,current_milliampere,cycle_count,charging_capacity_milliampere_hour',
    line: (row) =>
      `${row.time * 1000},${(row.voltage * 1000).toFixed(1)},${milli(row)},${row.cycle},${(row.charged * 1000).toFixed(3)}`,
  },
  {
    what: 'French headings',
    format: 'cycler-table',
    opening: 'Temps écoulé (s);Tension (V);Courant (A);Capacité de charge (Ah);Cycle;Température (°C)',
    line: (row) =>
      comma(`${row.time}.0;${volts(row)};${amperes(row)};${row.charged.toFixed(5)};${row.cycle};25.3`),
  },
  {
    what: 'names that MATLAB mangled',
    format: 'cycler-table',
    opening: 'Test_Time_s_,Voltage_V_,Current_mA_,Cycle_Index',
    line: (row) => `${row.time},${volts(row)},${milli(row)},${row.cycle}`,
  },
  {
    what: 'names that R mangled',
    format: 'cycler-table',
    opening: 'Test.Time..s.,Voltage..V.,Current..mA.,Cycle.Index',
    line: (row) => `${row.time},${volts(row)},${milli(row)},${row.cycle}`,
  },
  {
    what: 'units behind commas between semicolons',
    format: 'cycler-table',
    opening: 'Time,s;Test step;E,J;I,A;Q,As;Temp[1],C;U,V',
    line: (row) => comma(`${row.time};x;0.0;${amperes(row)};0.0;25.1;${volts(row)}`),
  },
  {
    what: 'headings that are units alone',
    format: 'cycler-table',
    opening: 'Report\nsec\tmV\tmA\t°C',
    line: (row) => `${row.time}\t${(row.voltage * 1000).toFixed(1)}\t${milli(row)}\t25`,
  },
  {
    what: 'words between blanks, behind a comment sign',
    format: 'cycler-table',
    opening: '# time voltage current',
    line: (row) => `${row.time} ${volts(row)} ${amperes(row)}`,
  },
  {
    what: 'cells between bars',
    format: 'cycler-table',
    opening: 'Test Time (s)|Voltage (V)|Current (A)',
    line: (row) => `${row.time}|${volts(row)}|${amperes(row)}`,
  },
  {
    what: 'EC-Lab with dots in the time of day',
    format: 'biologic',
    opening: 'EC-Lab ASCII FILE\nNb header lines : 3\ntime/s\tEwe/V\t<I>/mA\tcycle number',
    line: (row) =>
      `${dateOf.american(row.time).replaceAll(':', '.')}\t${volts(row)}\t${milli(row)}\t${row.cycle}`,
  },
  {
    what: 'Arbin, tenths of microseconds since 1970 beside the time',
    format: 'arbin',
    opening: 'Data_Point,Test_Time(s),DateTime,Cycle_Index,Current(A),Voltage(V)',
    line: (row) =>
      `${row.record},${row.time},${1_706_217_330 + row.time}0000000,${row.cycle},${amperes(row)},${volts(row)}`,
  },
  {
    what: 'milliseconds since 1970 under a heading of time',
    format: 'cycler-table',
    opening: 'time,voltage,current',
    line: (row) => `${1_700_000_000_000 + row.time * 1000},${volts(row)},${amperes(row)}`,
  },
  {
    what: 'seconds since 1970 under a heading of time',
    format: 'cycler-table',
    opening: 'Time [s],Voltage [V],Current [A]',
    line: (row) => `${1_700_000_000 + row.time},${volts(row)},${amperes(row)}`,
  },
]

describe('a record of two cycles', () => {
  const rows = programRows()

  it.each(layouts)('is read from $what', async ({ format, opening, line }) => {
    const read = await readRecord(folder.write('cell.csv', [opening, ...rows.map(line), ''].join('\n')))
    expect(read.format).toBe(format)
    expect(doubtsAmong(read.findings)).toEqual([])
    expect(read.findings.map(({ code }) => code)).not.toContain('clock-mismatch')
    expect(read.cycles.map(({ number }) => number)).toEqual([1, 2])
    const { time, voltage, current } = read.record
    expect(time.length).toBe(rows.length)
    for (const [i, row] of rows.entries()) {
      expect(Math.abs(time[i] - row.time)).toBeLessThan(1.5)
      expect(voltage[i]).toBeCloseTo(row.voltage, 3)
      expect(current[i]).toBeCloseTo(row.current, 4)
    }
  })
})
