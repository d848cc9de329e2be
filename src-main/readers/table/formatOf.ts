import type { RecordFormat } from '../readResult.ts'

const makers: readonly (readonly [RegExp, RecordFormat])[] = [
  [/Rec#?[\s\S]*Cyc/i, 'maccor'],
  [/^DataPoint|,DataPoint|DChg\. Cap/, 'neware'],
  [/time\/(s|h)[\s\S]*|E(we|cell)\/V/, 'biologic'],
  [/~Time/, 'basytec'],
  [/Date_Time,Test_Time \(s\)/, 'battery-archive'],
  [/Data[_ ]Point/, 'arbin'],
  [/test_time_(second|hour)|Test Time \//i, 'bdf'],
]

/** The maker whose program writes such headings. */
export function formatOf(names: readonly string[]): RecordFormat {
  const text = names.join(',')
  return makers.find(([pattern]) => pattern.test(text))?.[1] ?? 'cycler-table'
}
