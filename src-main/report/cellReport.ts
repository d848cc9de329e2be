import pdfmake from 'pdfmake'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'
import { cellReportInput, type CellReportInput } from './cellReportInput.ts'
import { fieldDigests } from './differences.ts'
import { evidence } from './evidence.ts'
import { smallFigures, trajectoryFigure } from './figures.ts'
import { printable } from './fit.ts'
import { fontFamily, fontPaths, readFaces } from './fonts.ts'
import { opening } from './opening.ts'
import { footer } from './footer.ts'
import { contentHeight, ink, page, rule } from './paper.ts'
import { heightOf, type PaperNode } from './paperNode.ts'
import type { ReportRecord } from './reportRecord.ts'
import { verdict } from './verdict.ts'

/** Names of the files attached to every report. */
export const attachedNames = { record: 'report.json', digests: 'digests.json' } as const

/**
 * One A4 page that states what the battery is, what is expected of it, and what that rests on, as PDF 1.7 with its record
 * attached as `report.json`. The same record and model give the same bytes: nothing is compressed, because compressors
 * differ between versions and processors.
 *
 * @throws Failure usage when `createdAt` is not a date.
 */
export async function cellReport(record: ReportRecord, manifest: Manifest): Promise<Uint8Array> {
  const json = JSON.stringify(record, null, 1)
  const input = cellReportInput(JSON.parse(json) as ReportRecord, manifest)
  const created = new Date(input.createdAt)
  if (Number.isNaN(created.getTime())) throw notADate(input.createdAt)
  registerFonts()
  let pages = 0
  const definition = {
    ...document(input, created),
    files: attachments(json, created),
    content: await content(input),
    footer: (current: number, count: number) => {
      pages = count
      return footer(input, `Page ${current} of ${count}`)
    },
  }
  const bytes = await pdfmake.createPdf(definition).getBuffer()
  if (pages !== 1) throw new Error(`The report took ${pages} pages.`)
  return new Uint8Array(bytes)
}

/** The trajectory takes the height that the rest leaves. */
async function content(input: CellReportInput): Promise<PaperNode[]> {
  const { title, sentence, draw } = trajectoryFigure(input)
  const above = [...opening(input), ...verdict(input), title]
  const below = [sentence, await smallFigures(input), rule(), ...evidence(input)]
  const free = contentHeight - heightOf([...above, ...below]) - slack
  return [...above, await draw(Math.floor(Math.min(free, tallest))), ...below]
}

/** pt */
const [slack, tallest] = [6, 280]

function document(input: CellReportInput, created: Date) {
  const { assessment } = input
  const face = readFaces().regular
  const program = printable(`PIMOE ${input.programVersion}`, face)
  return {
    version: '1.7',
    compress: false,
    language: 'en',
    displayTitle: true,
    pageSize: 'A4',
    pageMargins: page.margins,
    defaultStyle: { font: fontFamily, fontSize: 7.5, color: ink.text },
    info: {
      title: printable(`Battery report ${assessment.cell}`, face),
      subject: assessment.simulated ? 'SIMULATED' : 'Assessment of a used battery',
      creator: program,
      producer: program,
      creationDate: created,
    },
    ...(assessment.simulated ? { watermark } : {}),
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

function attachments(json: string, created: Date) {
  const digests = JSON.stringify(fieldDigests(JSON.parse(json)), null, 1)
  return {
    record: attachment(attachedNames.record, json, {
      created,
      description: 'What this report states and rests on',
    }),
    digests: attachment(attachedNames.digests, digests, {
      created,
      description: 'SHA-256 of every field of report.json',
    }),
  }
}

function attachment(
  name: string,
  json: string,
  { created, description }: { created: Date; description: string },
) {
  return {
    src: `data:application/json;base64,${Buffer.from(json, 'utf8').toString('base64')}`,
    name,
    description,
    relationship: 'Data',
    creationDate: created,
    modifiedDate: created,
  }
}

/** Reads two font files and nothing else, and never the network. */
function registerFonts(): void {
  const { regular, bold } = fontPaths()
  pdfmake.setFonts({ [fontFamily]: { normal: regular, bold } })
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold)
  pdfmake.setUrlAccessPolicy(() => false)
}

function notADate(found: string): Failure {
  return new Failure('usage', 'not-a-date', 'The date of the report is not a date.', {
    advice: 'Give an ISO 8601 instant such as 2026-11-22T15:24:00Z.',
    found,
  })
}
