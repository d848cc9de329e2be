import { createHash } from 'node:crypto'
import pdfmake from 'pdfmake'
import type { ReportSection } from '../../src-shared/contract/reports.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'
import { attachedNames, attachments } from './attaching.ts'
import { cellReportInput, type CellReportInput } from './cellReportInput.ts'
import { condition } from './condition.ts'
import { evidence, findings } from './evidence.ts'
import { trajectoryFigure } from './figures.ts'
import { collapsed, isDrawable } from './fit.ts'
import { fontFamily, readFaces, registerFonts } from './fonts.ts'
import { footer, header } from './footer.ts'
import { opening } from './opening.ts'
import { ink, rule } from './paper.ts'
import { heightOf, type PaperNode } from './paperNode.ts'
import { prediction } from './prediction.ts'
import type { ReportRecord } from './reportRecord.ts'
import { trust } from './trust.ts'
import { verdict } from './verdict.ts'

/**
 * The report of one battery: what it is, what is expected of it and what that rests on, as PDF 1.7 with its record
 * attached as `report.json`. The same record and model give the same bytes: nothing is compressed, because compressors
 * differ between versions and processors.
 *
 * @throws Failure usage when `createdAt` is not a date.
 */
export async function cellReport(record: ReportRecord, manifest: Manifest): Promise<Uint8Array> {
  const json = JSON.stringify(record, null, 1)
  const recordSha256 = createHash('sha256').update(json).digest('hex')
  const isDrawnWhole = isDrawable(json, readFaces().regular)
  const input = cellReportInput(JSON.parse(json) as ReportRecord, { manifest, recordSha256, isDrawnWhole })
  const created = new Date(input.createdAt)
  if (Number.isNaN(created.getTime())) throw notADate(input.createdAt)
  registerFonts()
  const definition = {
    ...document(input, created),
    files: attachments(attachedNames.record, json, created),
    content: await content(input),
    header: (page: number) => header(input, page),
    footer: (page: number, count: number) => footer(input, `Page ${page} of ${count}`),
  }
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}

async function content(input: CellReportInput): Promise<PaperNode[]> {
  const { sections } = input.settings
  const isPrinted = (section: ReportSection): boolean => sections.includes(section)
  return [
    ...(await verdictPage(input)),
    ...(isPrinted('evidence') ? onNewPage(await evidence(input)) : []),
    ...(isPrinted('condition') ? onNewPage(condition(input)) : []),
    ...(isPrinted('prediction') ? onNewPage(prediction(input)) : []),
    ...trust(input),
  ]
}

/** The trajectory takes the height that the rest of the page leaves. */
async function verdictPage(input: CellReportInput): Promise<PaperNode[]> {
  const { title, sentence, draw } = trajectoryFigure(input)
  const above = [...opening(input), ...verdict(input), rule(input.sheet.width), title]
  const below = [sentence, ...findings(input, { title: 'Findings and limits', most: 5 })]
  const free = input.sheet.height - heightOf([...above, ...below]) - slack
  return [...above, await draw(Math.floor(Math.max(least, Math.min(free, tallest)))), ...below]
}

/** pt */
const [slack, least, tallest] = [10, 120, 330]

function onNewPage([first, ...rest]: readonly PaperNode[]): PaperNode[] {
  return [{ ...first, pageBreak: 'before' }, ...rest]
}

function document(input: CellReportInput, created: Date) {
  const { assessment, sheet, release } = input
  const program = `PIMOE ${input.programVersion}`
  return {
    version: '1.7',
    compress: false,
    language: 'en',
    displayTitle: true,
    pageSize: sheet.name.toUpperCase(),
    pageMargins: sheet.margins,
    defaultStyle: { font: fontFamily, fontSize: 7.5, color: ink.text },
    info: {
      title: collapsed(`Battery report ${assessment.cell}`),
      subject: assessment.simulated ? 'SIMULATED' : 'Assessment of a used battery',
      creator: program,
      producer: program,
      creationDate: created,
    },
    ...watermarkOf(assessment.simulated, release === null),
  }
}

function watermarkOf(isSimulated: boolean, isDraft: boolean): object {
  if (!isSimulated && !isDraft) return {}
  const text = isSimulated ? 'SIMULATED' : 'DRAFT'
  return { watermark: { text, color: '#b91c1c', opacity: 0.13, bold: true, angle: -52, fontSize: 118 } }
}

function notADate(found: string): Failure {
  return new Failure('usage', 'not-a-date', 'The date of the report is not a date.', {
    advice: 'Give an ISO 8601 instant such as 2026-11-22T15:24:00Z.',
    found,
  })
}
