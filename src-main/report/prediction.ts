import { describeNaming, modeName } from '../../src-shared/chart/gate.ts'
import { evidenceWords } from '../../src-shared/chart/trajectoryWords.ts'
import type { Assessment, GateReading } from '../../src-shared/forecast/assessment.ts'
import { endOfLife } from '../../src-shared/forecast/endOfLife.ts'
import { formatRate, formatTemperature, formatThreshold } from '../../src-shared/units/labels.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { dataTable } from './dataTable.ts'
import { domainWords } from './domainWords.ts'
import { modelFacts } from './modelFacts.ts'
import { factTable, heading, ink, sectionTitle, sideBySide, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'
import { orNotStated } from './words.ts'

/** The plan, what is expected under it, and the model that expects it. */
export function prediction(input: CellReportInput): PaperNode[] {
  const { assessment, sheet } = input
  const { width } = sheet
  return [
    sectionTitle('Prediction', width),
    heading(`Planned use: ${orNotStated(assessment.scenario.name)}`, width),
    blockTable(assessment, width),
    domainLine(assessment, width),
    heading('Cycles ahead until the capacity falls below a threshold', width),
    crossingTable(assessment, width),
    write(
      'One in ten such batteries falls below the threshold before P10, half before P50, nine in ten before P90. Beyond: not within the horizon.',
      {
        width,
        size: smallSize,
        colour: ink.muted,
        lines: 2,
        margin: [0, 2, 0, 4],
      },
    ),
    {
      unbreakable: true,
      ...sideBySide({ width, gap: 18 }, [
        (half) => [heading('Model', half), factTable(modelFacts(input), { width: half, nameWidth: 70 })],
        (half) => gateTable(assessment.gate, half),
      ]),
    },
  ]
}

const blockColumns = [
  { title: 'Block', share: 10 },
  { title: 'Cycles', share: 20, isNumber: true },
  { title: 'Charge', share: 20, isNumber: true },
  { title: 'Discharge', share: 20, isNumber: true },
  { title: 'Temperature', share: 30, isNumber: true },
]

function blockTable({ scenario }: Assessment, width: number): PaperNode {
  const rows = scenario.blocks.map((block, i) => [
    String(i + 1),
    String(block.cycles),
    formatRate(block.charge_rate),
    formatRate(block.discharge_rate),
    formatTemperature(block.temperature_degC),
  ])
  const none = ['none', 'not stated', 'not stated', 'not stated', 'not stated']
  return dataTable(blockColumns, rows.length === 0 ? [none] : rows, width)
}

function domainLine(assessment: Assessment, width: number): PaperNode {
  const { sentence, isWarning } = domainWords(assessment)
  return write(sentence, {
    width,
    isBold: isWarning,
    colour: isWarning ? ink.warning : ink.text,
    lines: 2,
    margin: [0, 4, 0, 4],
  })
}

const crossingColumns = [
  { title: 'Threshold', share: 20 },
  { title: 'P10', share: 18, isNumber: true },
  { title: 'P50', share: 18, isNumber: true },
  { title: 'P90', share: 18, isNumber: true },
  { title: 'Evidence', share: 26 },
]

const customary = [0.9, 0.85, 0.8, 0.75, 0.7]

function crossingTable(assessment: Assessment, width: number): PaperNode {
  const { trajectory, nominalCapacity_Ah: ratedCapacity, endOfLife: asked } = assessment
  const thresholds = [...new Set([...customary, asked.threshold])].toSorted((a, b) => b - a)
  const horizon = trajectory.at(-1)?.cycle
  const rows = thresholds.map((threshold) => {
    const label = `${formatThreshold(threshold)}${threshold === asked.threshold ? ' (asked)' : ''}`
    if (horizon === undefined) return [label, ...Array<string>(4).fill('not determinable')]
    const { p10, p50, p90, evidence } =
      threshold === asked.threshold ? asked : endOfLife(trajectory, { threshold, ratedCapacity })
    const cycles = [p10, p50, p90].map((value) => crossingWord(value, horizon))
    return [label, ...cycles, evidenceWords(evidence)]
  })
  return dataTable(crossingColumns, rows, width)
}

function crossingWord(cycles: number | null, horizon: number): string {
  if (cycles === null) return `beyond ${horizon}`
  return cycles <= 0 ? 'already below' : String(Math.round(cycles))
}

const shownExperts = 12

function gateTable(gate: GateReading, width: number): PaperNode[] {
  const { weights } = gate
  const rows = weights
    .slice(0, shownExperts)
    .map((weight, i) => [modeName(gate, i), Number.isFinite(weight) ? weight.toFixed(3) : 'unknown'])
  const more = weights.length > shownExperts ? ` ${weights.length - shownExperts} more are attached.` : ''
  return [
    heading('Gate weights', width),
    dataTable(
      [
        { title: 'Expert', share: 60 },
        { title: 'Weight, no unit', share: 40, isNumber: true },
      ],
      rows.length === 0 ? [['all', 'not determinable']] : rows,
      width,
    ),
    write(describeNaming(gate) + more, {
      width,
      size: smallSize,
      lines: 2,
      colour: ink.muted,
      margin: [0, 2, 0, 0],
    }),
  ]
}
