import type { SourceTable } from './sourceTable.ts'

export type Maker = 'arbin' | 'neware' | 'landt' | 'nebula' | 'unknown'

const marks: readonly { readonly maker: Maker; readonly sheet: RegExp | null; readonly heading: RegExp }[] = [
  {
    maker: 'arbin',
    sheet: /^(channel_(\d|normal_table)|global_info$)/i,
    heading: /^(Test_Time(\(s\))?|Data_Point)$/,
  },
  { maker: 'landt', sheet: /^(record|cycle)-tab$/i, heading: /^(TestTime\/|SpeCap\/|SOC\|DOD)/ },
  { maker: 'nebula', sheet: null, heading: /^(工步序号|原始步次|绝对时间.*)$/ },
  {
    maker: 'neware',
    sheet: /^(record|detail_\d.*|记录(层|数据)?|详细(数据|记录).*)$/i,
    heading: /^(DataPoint|Record (number|Index|ID)|记录序号|数据序号|记录编号|工步类型|Jumpto)$/,
  },
]

/** Whose program wrote the tables, by the names of sheets and columns. */
export function makerOf(tables: readonly SourceTable[]): Maker {
  const headings = tables
    .flatMap(({ rows }) => rows.slice(0, 2).flat())
    .filter((cell) => typeof cell === 'string')
  const found =
    marks.find(({ sheet }) => sheet !== null && tables.some(({ name }) => sheet.test(name))) ??
    marks.find(({ heading }) => headings.some((name) => heading.test(name)))
  return found?.maker ?? 'unknown'
}
