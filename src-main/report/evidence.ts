import { expertName } from '../../src-shared/chart/gate.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { Assessment, GateReading } from '../../src-shared/forecast/assessment.ts'
import { formatBytes, formatCount, formatNumber, formatVoltageWindow } from '../../src-shared/units/labels.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { domainWords } from './domainWords.ts'
import { modelFacts } from './modelFacts.ts'
import {
  bodySize,
  type Fact,
  factTable,
  heading,
  inHalves,
  ink,
  sideBySide,
  smallSize,
  tight,
  write,
} from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const shownFindings = 4
const shownExperts = 7
const gutter = 18
const nameWidth = 70

/** Findings beside the gate, evidence beside the model. */
export function evidence(input: CellReportInput): PaperNode[] {
  return [
    sideBySide(gutter, [
      (width) => findings(input, width),
      (width) => gateTable(input.assessment.gate, width),
    ]),
    { text: '', fontSize: 4 },
    sideBySide(gutter, [
      (width) => [heading('Evidence', width), factTable(recordFacts(input), { width, nameWidth })],
      (width) => [heading('Model', width), factTable(modelFacts(input), { width, nameWidth })],
    ]),
  ]
}

function findings({ assessment, record }: CellReportInput, width: number): PaperNode[] {
  const told = new Set(assessment.domain.findings.map(({ message }) => message))
  const further = (record?.findings ?? []).filter(({ message }) => !told.has(message))
  const every = [...assessment.domain.findings, ...further]
  const all = every.toSorted((a, b) => Number(a.isNote ?? false) - Number(b.isNote ?? false))
  const shown = all.length > shownFindings ? all.slice(0, shownFindings - 1) : all
  const rest = `${all.length - shown.length} more: see the attached assessment and the import of the record.`
  return [
    heading('Findings', width),
    domainLine(assessment, width),
    ...shown.map((finding) => findingLine(finding, width)),
    ...(shown.length < all.length ? [write(rest, { width, size: smallSize, colour: ink.muted })] : []),
  ]
}

function domainLine(assessment: Assessment, width: number): PaperNode {
  const { sentence, isWarning } = domainWords(assessment)
  return write(sentence, {
    width,
    isBold: isWarning,
    colour: isWarning ? ink.warning : ink.text,
    lines: 2,
    margin: [0, 0, 0, 1],
  })
}

/** What a remark proposes is for the screen, where it can be done. */
function findingLine({ message, proposal, isNote = false }: Finding, width: number): PaperNode {
  const text = proposal === undefined || isNote ? message : `${message} ${proposal}`
  return write(`${isNote ? '•' : '▲'} ${text}`, {
    width,
    size: smallSize,
    lines: 2,
    margin: [0, 0, 0, 1.5],
  })
}

function gateTable(gate: GateReading, width: number): PaperNode[] {
  const weights = gate.weights.slice(0, shownExperts)
  return [
    heading('Gate weights', width),
    ...(weights.length === 0 ? [write('not determinable', { width })] : [weightTable(weights, width)]),
    write(naming(gate), { width, size: smallSize, lines: 2, colour: ink.muted, margin: [0, 2, 0, 0] }),
  ]
}

function weightTable(weights: readonly number[], width: number): PaperNode {
  const cell = width / weights.length
  const centred = { width: cell, alignment: 'center' } as const
  return {
    table: {
      widths: weights.map(() => cell),
      body: [
        weights.map((_, index) =>
          write(expertName(index), { ...centred, size: smallSize, colour: ink.muted }),
        ),
        weights.map((weight) => write(formatWeight(weight), { ...centred, size: bodySize + 1 })),
      ],
    },
    layout: { ...tight, hLineWidth: (line: number) => (line === 1 ? 0.5 : 0), hLineColor: () => ink.rule },
  }
}

function formatWeight(weight: number): string {
  return Number.isFinite(weight) ? weight.toFixed(3) : 'unknown'
}

function naming({ stability, weights }: GateReading): string {
  const more = weights.length > shownExperts ? ` ${weights.length - shownExperts} more experts attached.` : ''
  const text =
    stability === null
      ? 'Degradation modes are not named: stability not measured.'
      : `Stability over seeds ${formatNumber(stability)} of 1. Weights have no unit and sum to 1.`
  return text + more
}

function recordFacts({ record, cycle, assessment }: CellReportInput): Fact[] {
  return [
    { name: 'File', value: record === null ? 'unknown' : record.fileName, lines: 2 },
    { name: 'SHA-256', value: record === null ? 'unknown' : inHalves(record.sha256), lines: 2 },
    {
      name: 'Size, format',
      value: record === null ? 'unknown' : `${formatBytes(record.bytes)}, ${record.format}`,
    },
    { name: 'Cycle used', value: `no. ${assessment.cycle}, row ${cycle.row + 1} of the file` },
    { name: 'Voltage window', value: windowOf(cycle) },
    { name: 'Relaxation', value: relaxationOf(cycle) },
  ]
}

function windowOf({ chargeCurve }: CellReportInput['cycle']): string {
  if (chargeCurve === null) return 'not performed'
  const { from_V, to_V, charge_Ah } = chargeCurve
  const points = formatCount(charge_Ah.length, 'point')
  return from_V === null ? `unknown, ${points}` : `${formatVoltageWindow(from_V, to_V)}, ${points}`
}

function relaxationOf({ relaxation }: CellReportInput['cycle']): string {
  if (relaxation === null || relaxation.voltage_V.length === 0) return 'not performed'
  const { time_s, voltage_V } = relaxation
  const last = time_s?.at(-1)
  const length = last === undefined ? 'time unknown' : `${formatNumber(last / 60)} min`
  return `${length}, ${formatCount(voltage_V.length, 'sample')}`
}
