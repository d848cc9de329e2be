import pdfmake from 'pdfmake'
import {
  describeHealth,
  healthBins,
  healthHistogramOption,
} from '../../../src-shared/chart/healthHistogram.ts'
import { paperTheme } from '../../../src-shared/chart/theme.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { matchBatteries } from '../../../src-shared/lot/matching.ts'
import { medianOf, outliersOf } from '../../../src-shared/lot/outliers.ts'
import { attachedNames, attachments } from '../attaching.ts'
import { drawChart } from '../drawChart.ts'
import { collapsed, isDrawable } from '../fit.ts'
import { fontFamily, readFaces, registerFonts } from '../fonts.ts'
import { factTable, heading, inHalves, ink, rule, type Sheet, sheets, smallSize, write } from '../paper.ts'
import type { PaperNode } from '../paperNode.ts'
import { fingerprintOf } from '../signature.ts'
import { formatInstant, orNotStated } from '../words.ts'
import type { LotReportInput } from './lotReportInput.ts'
import { batteryTable, groupTable, lotTable, outcomeOf, outlierTable } from './lotTables.ts'

/**
 * The report of a lot as PDF 1.7: counts, outcomes, state of health, outliers, matching groups and every battery. The
 * same input gives the same bytes.
 *
 * @throws Failure usage when `createdAt` is not a date.
 */
export async function lotReport(stated: LotReportInput): Promise<Uint8Array> {
  const json = JSON.stringify(stated)
  const input = JSON.parse(json) as LotReportInput
  const created = new Date(input.createdAt)
  if (Number.isNaN(created.getTime())) throw notADate(input.createdAt)
  registerFonts()
  const definition = {
    ...document(input, created),
    files: attachments(attachedNames.lot, json, created),
    content: [
      ...opening(input),
      ...counts(input),
      ...(await healthFigure(input)),
      ...outlierPart(input),
      ...groupPart(input),
      ...batteryPart(input),
      trustNote(input),
    ],
    footer: (current: number, count: number) => footer(input, `Page ${current} of ${count}`),
  }
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}

const logo = { width: 110, height: 38 }

function opening(input: LotReportInput): PaperNode[] {
  const { width } = sheets[input.paper]
  const facts = [
    { name: 'Date', value: formatInstant(input.createdAt) },
    { name: 'Laboratory', value: orNotStated(input.laboratory), lines: 2 },
    { name: 'Address', value: orNotStated(input.address), lines: 2 },
    { name: 'Operator', value: orNotStated(input.operator), lines: 2 },
    {
      name: 'Signing key',
      value: input.publicKey === null ? 'not signed' : inHalves(fingerprintOf(input.publicKey)),
    },
    { name: 'Grading rules', value: `${input.rules.name}, version ${input.rules.version}`, lines: 2 },
  ]
  const name = { width, size: 11, isBold: true, lines: 2, colour: ink.accent, margin: [0, 2, 0, 4] } as const
  return [
    ...(input.logo === null
      ? []
      : [{ image: input.logo, fit: [logo.width, logo.height], margin: [0, 0, 0, 6] } as const]),
    { ...write('Lot report', { width, size: 18, isBold: true }), outline: true },
    write(input.lot, name),
    ...(isSimulated(input) ? [simulatedLine(width)] : []),
    factTable(facts, { width, nameWidth: 78 }),
    rule(width),
  ]
}

function simulatedLine(width: number): PaperNode {
  return write('SIMULATED: batteries of this lot rest on simulated data, not on measured batteries.', {
    width,
    size: 9,
    isBold: true,
    colour: ink.warning,
    margin: [0, 0, 0, 4],
  })
}

function isSimulated({ batteries }: LotReportInput): boolean {
  return batteries.some(({ simulated }) => simulated)
}

function counts({ batteries, rules, paper }: LotReportInput): PaperNode[] {
  const sheet = sheets[paper]
  const of = (status: string) => batteries.filter((battery) => battery.status === status).length
  const answered = batteries.filter(({ answer }) => answer !== null)
  const outcomes = [...rules.grades.map((grade) => `Grade ${grade}`), 'Hold', 'Reject']
  const share = (count: number): string =>
    answered.length === 0 ? 'none' : `${((100 * count) / answered.length).toFixed(1)} %`
  const rows = outcomes.map((outcome) => {
    const count = answered.filter((battery) => outcomeOf(battery) === outcome).length
    return [outcome, String(count), share(count)]
  })
  const column = { width: 90, alignment: 'right' } as const
  return [
    part('Counts', sheet),
    lotTable(
      ['Received', 'Assessed', 'Refused', 'Quarantined'].map((title) => ({ title, ...column })),
      [[batteries.length, of('assessed'), of('refused'), of('quarantined')].map(String)],
    ),
    part('Grades of the assessed', sheet),
    lotTable(
      [
        { title: 'Outcome', width: 160 },
        { title: 'Batteries', ...column },
        { title: 'Share', ...column },
      ],
      rows,
    ),
  ]
}

async function healthFigure({ batteries, paper }: LotReportInput): Promise<PaperNode[]> {
  const sheet = sheets[paper]
  const values = batteries.flatMap(({ answer }) => answer?.stateOfHealth.value ?? [])
  const size = { width: sheet.width, height: 170 }
  const bins = healthBins(values)
  return [
    part('State of health', sheet),
    ...(values.length === 0
      ? []
      : [{ svg: await drawChart(healthHistogramOption(bins, paperTheme), size), ...size }]),
    note(describeHealth(values, values.length === 0 ? 0 : medianOf(values)), sheet),
  ]
}

function outlierPart({ batteries, paper }: LotReportInput): PaperNode[] {
  const sheet = sheets[paper]
  const outliers = outliersOf(batteries)
  const rest = 'An outlier has a modified z-score above 3.5 in state of health or width of interval.'
  return [
    part('Outliers', sheet),
    ...(outliers.length === 0
      ? [note('No battery is far from the others.', sheet)]
      : [outlierTable(outliers, sheet)]),
    note(rest, sheet),
  ]
}

function groupPart({ batteries, groupSize, paper }: LotReportInput): PaperNode[] {
  const sheet = sheets[paper]
  const matching = matchBatteries(batteries, groupSize)
  const kind = 'of one grade, chemistry, rated capacity and plan'
  const left = `Graded batteries that no whole group was left for: ${matching.left}.`
  return [
    part('Matching groups', sheet),
    ...(matching.groups.length === 0
      ? [note(`There are no ${groupSize} graded batteries ${kind}.`, sheet)]
      : [groupTable(matching, sheet)]),
    note(
      `Groups of ${groupSize} ${kind}; the difference is the greatest between any two, now and at any planned cycle. ${left}`,
      sheet,
    ),
  ]
}

function batteryPart({ batteries, paper }: LotReportInput): PaperNode[] {
  const sheet = sheets[paper]
  return [
    { ...part('All batteries', sheet), pageBreak: 'before' as const },
    ...(isDrawable(JSON.stringify(batteries.map(({ name }) => name)), readFaces().regular)
      ? []
      : [note(boxes, sheet)]),
    ...(batteries.length === 0
      ? [note('The lot holds no battery.', sheet)]
      : [batteryTable(batteries, sheet)]),
  ]
}

function trustNote({ paper }: LotReportInput): PaperNode {
  return note(
    'What this report states of every battery is attached to it as lot.json. pimoe verify FILE.pdf counts and matches ' +
      'again, prints the report again and compares every byte; a changed, printed or converted copy does not verify.',
    sheets[paper],
  )
}

const boxes = 'Each □ in a name stands for a character that no typeface of this report has.'

/** A heading that is a bookmark too. */
function part(title: string, sheet: Sheet): PaperNode {
  return { ...heading(title, sheet.width), margin: [0, 10, 0, 3], outline: true, outlineText: title }
}

function note(text: string, sheet: Sheet): PaperNode {
  return write(text, { width: sheet.width, lines: 3, colour: ink.muted, margin: [0, 2, 0, 2] })
}

function footer(input: LotReportInput, pages: string): PaperNode {
  const sheet = sheets[input.paper]
  const [left, , right] = sheet.margins
  const width = sheet.width / 3
  const foot = { width, size: smallSize, colour: ink.muted }
  const limits =
    'This is not a safety test. Grades rest on the lower bound of the interval; P10 is the cycles to the end-of-life ' +
    'threshold that nine in ten such batteries reach.'
  return {
    margin: [left, 0, right, 0],
    stack: [
      rule(sheet.width, [0, 0, 0, 4]),
      write(`Limits: ${limits}`, { width: sheet.width, size: 7, lines: 2, margin: [0, 0, 0, 7] }),
      {
        columns: [
          write(`PIMOE ${input.programVersion}`, foot),
          write(isSimulated(input) ? 'SIMULATED' : '', {
            ...foot,
            isBold: true,
            colour: ink.warning,
            alignment: 'center',
          }),
          write(pages, { ...foot, alignment: 'right' }),
        ],
      },
    ],
  }
}

function document(input: LotReportInput, created: Date) {
  const program = `PIMOE ${input.programVersion}`
  return {
    version: '1.7',
    // Compressors differ between versions and processors; the bytes have to be the same.
    compress: false,
    language: 'en',
    displayTitle: true,
    pageSize: input.paper.toUpperCase(),
    pageMargins: sheets[input.paper].margins,
    defaultStyle: { font: fontFamily, fontSize: 7.5, color: ink.text },
    info: {
      title: collapsed(`Lot report ${input.lot}`),
      subject: isSimulated(input) ? 'SIMULATED' : 'Assessment of a lot of used batteries',
      creator: program,
      producer: program,
      creationDate: created,
    },
    ...(isSimulated(input) ? { watermark } : {}),
  }
}

const watermark = {
  text: 'SIMULATED',
  color: '#b91c1c',
  opacity: 0.13,
  bold: true,
  angle: -52,
  fontSize: 118,
}

function notADate(found: string): Failure {
  return new Failure('usage', 'not-a-date', 'The date of the report is not a date.', {
    advice: 'Give an ISO 8601 instant such as 2026-11-22T15:24:00Z.',
    found,
  })
}
