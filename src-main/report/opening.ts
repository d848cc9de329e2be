import { formatRating, formatTemperature } from '../../src-shared/units/labels.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { contentWidth, ink, rule, sideBySide, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const sideWidth = 200

/** Title, cell and who wrote the report when. */
export function opening(input: CellReportInput): PaperNode[] {
  return [
    { columnGap: 16, columns: [titleColumn(input), signature(input)] },
    ...(input.assessment.simulated ? [simulatedLine()] : []),
    rule([0, 5, 0, 4]),
    identity(input),
  ]
}

/** `2026-11-22 15:24 UTC`: the instant as stated, never moved to this computer's zone. */
export function formatInstant(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(iso)
  if (match === null) return iso
  const [, date = '', time = '', zone = ''] = match
  return `${date} ${time} ${zone === 'Z' ? 'UTC' : `UTC${zone.replace('-', '−')}`}`
}

function titleColumn({ description, assessment }: CellReportInput): PaperNode {
  const width = contentWidth - sideWidth - 16
  const name = description.name.trim() === '' ? assessment.cell : description.name
  return {
    width,
    stack: [
      write('Battery report', { width, size: 18, isBold: true }),
      write(name, { width, size: 11, isBold: true, lines: 2, colour: ink.accent, margin: [0, 2, 0, 0] }),
    ],
  }
}

function signature(input: CellReportInput): PaperNode {
  const facts: [string, string][] = [
    ['Report', reportNumber(input.assessmentId)],
    ['Date', formatInstant(input.createdAt)],
    ['Laboratory', stated(input.laboratory)],
    ['Operator', stated(input.operator)],
  ]
  const nameWidth = 52
  return {
    width: sideWidth,
    margin: [0, 4, 0, 0],
    stack: facts.map(([name, value]) => ({
      columnGap: 0,
      columns: [
        { width: nameWidth, ...write(name, { width: nameWidth, size: 7, colour: ink.muted }) },
        { width: sideWidth - nameWidth, ...write(value, { width: sideWidth - nameWidth, size: 7 }) },
      ],
      margin: [0, 0, 0, 1.5],
    })),
  }
}

/** Enough of the id to find it again; the whole of it is attached. */
function reportNumber(assessmentId: string | null): string {
  return assessmentId === null ? 'not stored in a library' : assessmentId.slice(0, 8)
}

function simulatedLine(): PaperNode {
  return write('SIMULATED: this report rests on simulated data, not on a measured battery.', {
    width: contentWidth,
    size: 9,
    isBold: true,
    colour: ink.warning,
    margin: [0, 5, 0, 0],
  })
}

function identity({ assessment, description, cycle }: CellReportInput): PaperNode {
  return sideBySide(
    8,
    [
      ['Level', 'cell'],
      ['Chemistry', chemistry(assessment.chemistry, description.chemistry)],
      ['Rated capacity', ratedCapacity(assessment.nominalCapacity_Ah, description.nominalCapacity_Ah)],
      ['Measured at', formatTemperature(description.temperature_degC)],
      ['Cycle assessed', `no. ${assessment.cycle}, row ${cycle.row + 1}`],
    ].map(([name = '', value = '']) => (width: number) => [
      write(name, { width, size: smallSize, colour: ink.muted }),
      write(value, { width, size: 8, lines: 2, margin: [0, 1, 0, 0] }),
    ]),
  )
}

function chemistry(used: string, known: string | null): string {
  if (used.trim() === '') return 'unknown'
  return known === null ? `${used} (assumed)` : used
}

function ratedCapacity(used: number, known: number | null): string {
  return known === null ? `${formatRating(used)} (assumed)` : formatRating(used)
}

function stated(value: string | null): string {
  return value === null || value.trim() === '' ? 'not stated' : value
}
