import type { Drive } from '../../src-shared/cell/cycle.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatRate,
  formatTemperature,
  formatVoltageWindow,
} from '../../src-shared/units/labels.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { domainWords } from './domainWords.ts'
import { smallFigures } from './figures.ts'
import {
  type Fact,
  factTable,
  heading,
  inHalves,
  ink,
  sectionTitle,
  sideBySide,
  smallSize,
  write,
} from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const gap = 18
const nameWidth = 78

/** What the answer rests on: the file, how it was measured, the signals and every check. */
export async function evidence(input: CellReportInput): Promise<PaperNode[]> {
  const { width } = input.sheet
  return [
    sectionTitle('Evidence', width),
    sideBySide({ width, gap }, [
      (half) => [heading('Record', half), factTable(recordFacts(input), { width: half, nameWidth })],
      (half) => [
        heading('Measurement', half),
        factTable(measurementFacts(input), { width: half, nameWidth }),
      ],
    ]),
    heading('Signals', width),
    ...(await smallFigures(input)),
    ...findings(input, { title: 'Checks and findings', most: 60 }),
  ]
}

/** Findings of record, forecast and plan, warnings first; the rest counted. */
export function findings(
  { assessment, record, sheet }: CellReportInput,
  { title, most }: { title: string; most: number },
): PaperNode[] {
  const { width } = sheet
  const told = new Set(assessment.domain.findings.map(({ message }) => message))
  const further = (record?.findings ?? []).filter(({ message }) => !told.has(message))
  const every = [...assessment.domain.findings, ...further]
  const all = every.toSorted((a, b) => Number(a.isNote ?? false) - Number(b.isNote ?? false))
  const shown = all.length > most ? all.slice(0, most - 1) : all
  const rest = `${all.length - shown.length} more: see Evidence and the attached report.json.`
  return [
    heading(title, width),
    domainLine({ assessment, width }),
    ...shown.map((finding) => findingLine(finding, width)),
    ...(shown.length < all.length ? [write(rest, { width, size: smallSize, colour: ink.muted })] : []),
  ]
}

function domainLine({
  assessment,
  width,
}: {
  assessment: CellReportInput['assessment']
  width: number
}): PaperNode {
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
    size: smallSize + 0.5,
    lines: 2,
    margin: [0, 0, 0, 1.5],
  })
}

function recordFacts({ record }: CellReportInput): Fact[] {
  return [
    { name: 'File', value: record === null ? 'unknown' : record.fileName, lines: 3 },
    { name: 'SHA-256', value: record === null ? 'unknown' : inHalves(record.sha256), lines: 2 },
    { name: 'Size', value: record === null ? 'unknown' : formatBytes(record.bytes) },
    { name: 'Format', value: record === null ? 'unknown' : record.format, lines: 2 },
    { name: 'Instrument', value: 'not stated' },
    { name: 'Time', value: 'not stated' },
  ]
}

function measurementFacts({ cycle, assessment, use, description }: CellReportInput): Fact[] {
  return [
    { name: 'Cycle used', value: `no. ${assessment.cycle}, row ${cycle.row + 1} of the record` },
    { name: 'Charge', value: driveOf(use.charge) },
    { name: 'Discharge', value: driveOf(use.discharge) },
    ...(use.before === null ? [] : [{ name: 'Discharge before', value: driveOf(use.before) }]),
    { name: 'Temperature', value: formatTemperature(use.temperature ?? description.temperature_degC) },
    { name: 'Voltage window', value: windowOf(cycle) },
    { name: 'Relaxation', value: relaxationOf(cycle) },
    { name: 'Full discharge', value: dischargeOf(cycle), lines: 2 },
  ]
}

function driveOf(drive: Drive | null): string {
  if (drive === null) return 'not stated'
  return 'rate' in drive ? formatRate(drive.rate) : `${formatNumber(drive.ampere)} A`
}

function dischargeOf({ dischargeCapacity_Ah }: CellReportInput['cycle']): string {
  return dischargeCapacity_Ah === null
    ? 'not performed'
    : `${formatNumber(dischargeCapacity_Ah)} Ah measured; the estimate does not see it`
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
