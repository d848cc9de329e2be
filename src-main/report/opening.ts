import type { Volt } from '../../src-shared/units/quantities.ts'
import { formatRating, formatTemperature, formatVoltage } from '../../src-shared/units/labels.ts'
import { formatInstant, orNotStated } from './words.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { type Fact, factTable, ink, rule, sideBySide, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const sideWidth = 214
const gap = 16
const logo = { width: 110, height: 38 }

/** Letterhead, title, who stands for the report, and which battery it is of. */
export function opening(input: CellReportInput): PaperNode[] {
  const { sheet, assessment, release } = input
  return [
    { columnGap: gap, columns: [letterhead(input), signature(input)] },
    ...(release === null
      ? [notice('DRAFT: neither signed nor kept; a released report carries a number.', input)]
      : []),
    ...correction(input),
    ...(assessment.simulated
      ? [notice('SIMULATED: this report rests on simulated data, not on a measured battery.', input)]
      : []),
    rule(sheet.width, [0, 5, 0, 4]),
    identity(input),
  ]
}

function letterhead({ settings, description, assessment, sheet }: CellReportInput): PaperNode {
  const width = sheet.width - sideWidth - gap
  const { name, address, logo: image } = settings.laboratory
  const title = description.name.trim() === '' ? assessment.cell : description.name
  return {
    width,
    stack: [
      ...(image === null ? [] : [{ image, fit: [logo.width, logo.height], margin: [0, 0, 0, 4] } as const]),
      write(orNotStated(name, 'Laboratory not stated'), { width, size: 10, isBold: true, lines: 2 }),
      ...(address === null
        ? []
        : [write(address, { width, size: 7.5, lines: 2, colour: ink.muted, margin: [0, 1, 0, 0] })]),
      {
        ...write('Battery report', { width, size: 19, isBold: true, margin: [0, 9, 0, 0] }),
        outline: true,
      },
      write(title, { width, size: 11, isBold: true, lines: 2, colour: ink.accent, margin: [0, 1, 0, 0] }),
    ],
  }
}

function signature(input: CellReportInput): PaperNode {
  const { settings, release, createdAt, assessmentId } = input
  const facts: Fact[] = [
    { name: 'Report no.', value: reportNumber(input), lines: 2 },
    { name: 'Revision', value: release === null ? 'none' : String(release.revision) },
    { name: 'Date', value: formatInstant(createdAt) },
    { name: 'Assessment', value: orNotStated(assessmentId, 'not stored'), lines: 2 },
    { name: 'Operator', value: orNotStated(settings.operator), lines: 2 },
    { name: 'Reviewer', value: orNotStated(settings.reviewer), lines: 2 },
    { name: 'Signing key', value: input.fingerprint ?? 'not signed', lines: 3 },
  ]
  return { width: sideWidth, stack: [factTable(facts, { width: sideWidth, nameWidth: 58 })] }
}

function reportNumber({ release }: CellReportInput): string {
  if (release === null) return 'none: a draft'
  return release.number ?? 'none: not kept in a library'
}

function correction({ release, sheet }: CellReportInput): PaperNode[] {
  const corrects = release?.corrects ?? null
  if (corrects === null) return []
  const { revision, releasedAt, sha256, reason } = corrects
  const text =
    `CORRECTION: takes the place of revision ${revision} of ${formatInstant(releasedAt)} ` +
    `(SHA-256 ${sha256}). Reason: ${reason}`
  return [write(text, { width: sheet.width, size: 8, lines: 4, isBold: true, margin: [0, 5, 0, 0] })]
}

function notice(text: string, { sheet }: CellReportInput): PaperNode {
  return write(text, {
    width: sheet.width,
    size: 9,
    isBold: true,
    colour: ink.warning,
    margin: [0, 5, 0, 0],
  })
}

function identity({ assessment, description, battery, cycle, sheet }: CellReportInput): PaperNode {
  const left: Fact[] = [
    { name: 'Level', value: 'cell' },
    { name: 'Maker', value: orNotStated(battery.maker), lines: 2 },
    { name: 'Model', value: orNotStated(battery.model), lines: 2 },
    { name: 'Serial no.', value: orNotStated(battery.serial), lines: 2 },
    { name: 'Chemistry', value: chemistry(assessment.chemistry, description.chemistry), lines: 2 },
    {
      name: 'Rated capacity',
      value: ratedCapacity(assessment.nominalCapacity_Ah, description.nominalCapacity_Ah),
    },
  ]
  const right: Fact[] = [
    { name: 'Manufactured', value: orNotStated(battery.manufactured), lines: 2 },
    { name: 'Prior use', value: orNotStated(battery.priorUse), lines: 2 },
    { name: 'Status', value: orNotStated(battery.status), lines: 2 },
    { name: 'Nominal voltage', value: statedVoltage(battery.nominalVoltage_V) },
    { name: 'Measured at', value: formatTemperature(description.temperature_degC) },
    { name: 'Cycle assessed', value: `no. ${assessment.cycle}, row ${cycle.row + 1} of the record` },
  ]
  return sideBySide(
    { width: sheet.width, gap },
    [left, right].map((facts) => (width: number) => [factTable(facts, { width, nameWidth: 78 })]),
  )
}

function statedVoltage(voltage: Volt | null): string {
  return voltage === null ? 'not stated' : formatVoltage(voltage)
}

function chemistry(used: string, known: string | null): string {
  if (used.trim() === '') return 'unknown'
  return known === null ? `${used} (assumed)` : used
}

function ratedCapacity(used: number, known: number | null): string {
  return known === null ? `${formatRating(used)} (assumed)` : formatRating(used)
}
