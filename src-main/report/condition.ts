import { evidenceWords } from '../../src-shared/chart/trajectoryWords.ts'
import type { Evidence } from '../../src-shared/forecast/assessment.ts'
import {
  formatCapacityInterval,
  formatEnergyInterval,
  formatMeasured,
  formatNumber,
  formatPercentInterval,
  formatThreshold,
} from '../../src-shared/units/labels.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { dataTable } from './dataTable.ts'
import { ink, sectionTitle, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'
import { orNotStated } from './words.ts'

const columns = [
  { title: 'Property', share: 29 },
  { title: 'Value', share: 14, isNumber: true },
  { title: 'Unit', share: 9 },
  { title: 'Uncertainty', share: 20 },
  { title: 'Method', share: 16 },
  { title: 'Date', share: 13 },
]

/** The battery's condition under the names of EU 2023/1542, Annex VII; what was not done says so. */
export function condition(input: CellReportInput): PaperNode[] {
  const { width } = input.sheet
  return [
    sectionTitle('Condition', width),
    write('Names as in Regulation (EU) 2023/1542, Annex VII, and the Battery Pass data model.', {
      width,
      size: smallSize,
      colour: ink.muted,
      margin: [0, 0, 0, 3],
    }),
    dataTable(columns, [...determined(input), ...notPerformed.map(absent)], width),
  ]
}

function determined(input: CellReportInput): string[][] {
  const { assessment, description, battery, createdAt } = input
  const { presentCapacity: present, stateOfHealth: health } = assessment
  const date = createdAt.slice(0, 10)
  const isRated = description.nominalCapacity_Ah !== null
  return [
    [
      'Rated capacity',
      formatNumber(assessment.nominalCapacity_Ah),
      'Ah',
      'not stated',
      isRated ? 'declared' : 'assumed',
      'not stated',
    ],
    ratedEnergyRow(input),
    [
      'Remaining capacity',
      known(present.evidence, formatMeasured(present.value_Ah)),
      'Ah',
      interval(present.low_Ah, present.high_Ah, formatCapacityInterval),
      evidenceWords(present.evidence),
      date,
    ],
    energyRow(input, date),
    [
      'State of health (capacity based)',
      known(health.evidence, formatMeasured(health.value * 100)),
      '%',
      interval(health.low, health.high, formatPercentInterval),
      evidenceWords(health.evidence),
      date,
    ],
    [
      'Capacity fade',
      known(health.evidence, formatMeasured((1 - health.value) * 100)),
      '%',
      interval(fade(health.high), fade(health.low), formatPercentInterval),
      evidenceWords(health.evidence),
      date,
    ],
    lifeRow(input, date),
    [
      'Number of cycles, as the cycler counts',
      String(assessment.cycle),
      'cycles',
      'not stated',
      'measured',
      'not stated',
    ],
    [
      'Date of manufacture',
      orNotStated(battery.manufactured),
      '–',
      '–',
      battery.manufactured === null ? 'unknown' : 'declared',
      '–',
    ],
  ]
}

/** What the type plate's capacity and voltage say together; never a measurement. */
function ratedEnergyRow({ assessment, description, battery }: CellReportInput): string[] {
  const { nominalVoltage_V } = battery
  const rated = description.nominalCapacity_Ah === null ? 'assumed' : 'declared'
  const [value, method] =
    nominalVoltage_V === null
      ? ['not stated', 'unknown']
      : [formatNumber(assessment.nominalCapacity_Ah * nominalVoltage_V), rated]
  return ['Rated energy', value, 'Wh', 'not stated', method, 'not stated']
}

function energyRow({ energy }: CellReportInput, date: string): string[] {
  const { value_Wh, low_Wh, high_Wh, evidence } = energy
  const name = `Remaining energy: ${energy.basis}`
  if (value_Wh === null) return [name, 'not performed', 'Wh', 'not performed', 'unknown', 'not performed']
  const uncertainty = interval(low_Wh, high_Wh, formatEnergyInterval)
  return [name, formatMeasured(value_Wh), 'Wh', uncertainty, evidenceWords(evidence), date]
}

function lifeRow({ assessment }: CellReportInput, date: string): string[] {
  const { threshold, p10, p50, p90, evidence } = assessment.endOfLife
  const horizon = assessment.trajectory.at(-1)?.cycle
  const name = `Expected lifetime to ${formatThreshold(threshold)}, under the planned use`
  if (horizon === undefined) return [name, 'not determinable', 'cycles', 'unknown', 'unknown', date]
  const cycles = (value: number | null): string =>
    value === null ? `beyond ${horizon}` : String(Math.round(value))
  return [
    name,
    cycles(p50),
    'cycles',
    `P10 ${cycles(p10)}, P90 ${cycles(p90)}`,
    evidenceWords(evidence),
    date,
  ]
}

const notPerformed: readonly [string, string][] = [
  ['State of certified energy (SOCE)', '%'],
  ['Remaining power capability', 'W'],
  ['Power fade', '%'],
  ['Remaining round trip efficiency', '%'],
  ['Internal resistance', 'mΩ'],
  ['Internal resistance increase', '%'],
  ['Evolution of self-discharge', '%/month'],
  ['Energy throughput', 'kWh'],
  ['Capacity throughput', 'Ah'],
  ['Negative events', '–'],
]

function absent([name, unit]: readonly [string, string]): string[] {
  return [name, 'not performed', unit, 'not performed', 'unknown', 'not performed']
}

function fade(health: number | null): number | null {
  return health === null ? null : 1 - health
}

function known(evidence: Evidence, text: string): string {
  return evidence === 'not-determinable' ? 'not determinable' : text
}

function interval(
  low: number | null,
  high: number | null,
  format: (low: number, high: number) => string,
): string {
  return low === null || high === null ? 'unknown' : format(low, high)
}
