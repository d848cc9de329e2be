import pdfmake from 'pdfmake'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { evidence } from './evidence.ts'
import { smallFigures, trajectoryFigure } from './figures.ts'
import { printable } from './fit.ts'
import { fontFamily, fontPaths, readFaces } from './fonts.ts'
import { opening } from './opening.ts'
import { footer } from './footer.ts'
import { contentHeight, ink, page, rule } from './paper.ts'
import { heightOf, type PaperNode } from './paperNode.ts'
import { verdict } from './verdict.ts'

export type { CellReportInput } from './cellReportInput.ts'

/**
 * One A4 page that states what the battery is, what is expected of it, and what that rests on, as PDF 1.7 with the
 * assessment attached as `assessment.json`. The same input gives the same bytes.
 *
 * @throws Failure usage when `createdAt` is not a date.
 */
export async function cellReport(input: CellReportInput): Promise<Uint8Array> {
  const created = new Date(input.createdAt)
  if (Number.isNaN(created.getTime())) throw notADate(input.createdAt)
  registerFonts()
  let pages = 0
  const definition = {
    ...document(input, created),
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
    files: { assessment: attachment(input, created) },
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

function attachment({ assessment, assessmentId, createdAt, programVersion }: CellReportInput, created: Date) {
  const json = JSON.stringify({ assessmentId, createdAt, programVersion, assessment }, null, 2)
  return {
    src: `data:application/json;base64,${Buffer.from(json, 'utf8').toString('base64')}`,
    name: 'assessment.json',
    description: 'The assessment this report prints',
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
