import {
  formatCapacity,
  formatNumber,
  formatPercent,
  formatPercentInterval,
} from '../../../src-shared/units/labels.ts'
import type { LotBattery } from '../../../src-shared/lot/lotBattery.ts'
import type { Matching } from '../../../src-shared/lot/matching.ts'
import type { Outlier } from '../../../src-shared/lot/outliers.ts'
import { named } from '../bidi.ts'
import { ink, type Sheet, smallSize, write } from '../paper.ts'
import type { PaperNode, TableLayout } from '../paperNode.ts'

export interface LotColumn {
  readonly title: string
  readonly width: number
  readonly alignment?: 'left' | 'right'
  readonly lines?: number
}

/** A table whose head is repeated on every page; a row is never broken. */
export function lotTable(columns: readonly LotColumn[], rows: readonly (readonly string[])[]): PaperNode {
  const cell = (text: string, { width, alignment = 'left', lines = 1 }: LotColumn, isHead: boolean) =>
    write(text, {
      width,
      lines: isHead ? 1 : lines,
      size: smallSize,
      alignment,
      isBold: isHead,
      colour: isHead ? ink.muted : ink.text,
    })
  return {
    table: {
      widths: columns.map(({ width }) => width),
      headerRows: 1,
      dontBreakRows: true,
      body: [
        columns.map((column) => cell(column.title, column, true)),
        ...rows.map((row) => columns.map((column, i) => cell(row[i] ?? '', column, false))),
      ],
    },
    layout: lines,
  }
}

const gap = 6

const lines: TableLayout = {
  hLineWidth: (line) => (line === 0 ? 0 : 0.4),
  vLineWidth: () => 0,
  hLineColor: () => ink.rule,
  paddingLeft: () => 0,
  paddingRight: () => gap,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
}

/** The last column takes what the others leave. */
function filled(columns: readonly LotColumn[], sheet: Sheet): LotColumn[] {
  const fixed = columns.slice(0, -1).reduce((sum, { width }) => sum + width, 0)
  const last = columns.at(-1)
  return last === undefined
    ? []
    : [...columns.slice(0, -1), { ...last, width: sheet.width - fixed - gap * columns.length }]
}

const batteryColumns: readonly LotColumn[] = [
  { title: 'No.', width: 24, alignment: 'right' },
  { title: 'Battery', width: 84, lines: 3 },
  { title: 'Chemistry', width: 38 },
  { title: 'Rated', width: 34, alignment: 'right' },
  { title: 'Outcome', width: 46 },
  { title: 'SOH', width: 30, alignment: 'right' },
  { title: 'Interval', width: 50, alignment: 'right' },
  { title: 'Capacity', width: 38, alignment: 'right' },
  { title: 'P10', width: 24, alignment: 'right' },
  { title: 'Reason', width: 0, lines: 4 },
]

/** Every battery of the lot, in the order given. */
export function batteryTable(batteries: readonly LotBattery[], sheet: Sheet): PaperNode {
  return lotTable(
    filled(batteryColumns, sheet),
    batteries.map((battery, i) => [String(i + 1), ...batteryRow(battery)]),
  )
}

function batteryRow(battery: LotBattery): string[] {
  const { chemistry, nominalCapacity_Ah, answer } = battery
  const known = [
    nameOf(battery),
    chemistry ?? 'unknown',
    nominalCapacity_Ah === null ? 'unknown' : `${formatNumber(nominalCapacity_Ah)} Ah`,
    outcomeOf(battery),
  ]
  if (answer === null) return [...known, 'none', 'none', 'none', 'none', battery.reason ?? '']
  const { value, low, high } = answer.stateOfHealth
  return [
    ...known,
    formatPercent(value),
    low === null || high === null ? 'none' : formatPercentInterval(low, high),
    formatCapacity(answer.capacity_Ah),
    cyclesOf(answer.endOfLife.p10, answer.trajectory_Ah.length - 1),
    answer.grade.verdict === 'graded' ? '' : answer.grade.reasons.map(({ message }) => message).join(' '),
  ]
}

function cyclesOf(cycles: number | null, horizon: number): string {
  return cycles === null ? `> ${Math.max(0, horizon)}` : String(Math.round(cycles))
}

export function nameOf({ name, simulated }: LotBattery): string {
  return simulated ? `${named(name)} (SIMULATED)` : named(name)
}

/** `Grade B`, or the word for a battery without a grade. */
export function outcomeOf({ status, answer }: LotBattery): string {
  if (answer === null) return status === 'refused' ? 'Refused' : 'Quarantined'
  const { verdict, grade } = answer.grade
  if (verdict === 'graded') return `Grade ${grade ?? ''}`
  return verdict === 'hold' ? 'Hold' : 'Reject'
}

const outlierColumns: readonly LotColumn[] = [
  { title: 'Battery', width: 140, lines: 2 },
  { title: 'Outcome', width: 60 },
  { title: 'SOH', width: 36, alignment: 'right' },
  { title: 'Why', width: 0, lines: 3 },
]

export function outlierTable(outliers: readonly Outlier[], sheet: Sheet): PaperNode {
  return lotTable(
    filled(outlierColumns, sheet),
    outliers.map(({ battery, reason }) => [
      nameOf(battery),
      outcomeOf(battery),
      formatPercent(battery.answer?.stateOfHealth.value ?? null),
      reason,
    ]),
  )
}

const groupColumns: readonly LotColumn[] = [
  { title: 'Group', width: 30, alignment: 'right' },
  { title: 'Grade', width: 50 },
  { title: 'Greatest difference', width: 80, alignment: 'right' },
  { title: 'Batteries', width: 0, lines: 4 },
]

export function groupTable({ groups }: Matching, sheet: Sheet): PaperNode {
  return lotTable(
    filled(groupColumns, sheet),
    groups.map(({ grade, members, spread_Ah }, i) => [
      String(i + 1),
      grade,
      `${(1000 * spread_Ah).toFixed(1)} mAh`,
      members.map(nameOf).join(' · '),
    ]),
  )
}
