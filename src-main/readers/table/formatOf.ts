import type { RecordFormat } from '../readResult.ts'

const makers: readonly (readonly [RegExp, RecordFormat])[] = [
  [/(^|,)Rec#?,.*Cyc|Amp-hr|DPT Time/i, 'maccor'],
  [/Position Start Time|Load On Time|Total[ _]Time[ _]\(?(Seconds|Decimal|Hours in)/, 'pec'],
  [/工步序号|原始步次/, 'nebula'],
  [/TestTime\/|SOC\|DOD|Step-State|测试时间.*电压\/|(TestTime|SysTime).*Voltage\/V/, 'landt'],
  [/Prog(ram)? ?(Time|Duration)|Programmdauer|AhCha#|AhAccu/, 'digatron'],
  [
    /^DataPoint|,DataPoint|DChg\. ?Cap|Record (Index|ID|number)|Step ID|_DChg\(|记录序号|数据序号|记录编号|^Index,Cycle,Step,Status,Time,/,
    'neware',
  ],
  [/Run Time \(h\)[\s\S]*Potential \(V\)/i, 'novonix'],
  [/Datapoint Number[\s\S]*Test Time[\s\S]*Potential/, 'vdf'],
  [/time\/(s|h)[\s\S]*|E(we|cell)>?\/V/, 'biologic'],
  [/Loop Counter|Data Acquisition Flag/, 'bitrode'],
  [/~(Time|Zeit)|Ah-Cyc-Charge/, 'basytec'],
  [/Date_Time,Test_Time \(s\)/, 'battery-archive'],
  [/Data[_ ]Point|Date_Time,Test_Time|Test_Time\(s\)|TC_Counter/, 'arbin'],
  [/test_time_(\w*second|minute|hour)|Test Time \//i, 'bdf'],
  [/current_charge|current_load|voltage_measured/i, 'nasa'],
]

/** The maker whose program writes such headings. */
export function formatOf(names: readonly string[]): RecordFormat {
  const text = names.join(',')
  return makers.find(([pattern]) => pattern.test(text))?.[1] ?? 'cycler-table'
}
