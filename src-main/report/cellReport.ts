import pdfmake from 'pdfmake'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { evidence } from './evidence.ts'
import { figures } from './figures.ts'
import { fontFamily, fontPaths } from './fonts.ts'
import { opening } from './opening.ts'
import { contentWidth, ink, page, type PaperNode, rule, write } from './paper.ts'
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
  const definition = {
    ...document(input, created),
    content: [...opening(input), ...verdict(input), ...(await figures(input)), rule(), ...evidence(input)],
  }
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}

function document(input: CellReportInput, created: Date): PaperNode {
  const { assessment, programVersion } = input
  return {
    version: '1.7',
    language: 'en',
    displayTitle: true,
    pageSize: 'A4',
    pageMargins: page.margins,
    defaultStyle: { font: fontFamily, fontSize: 7.5, color: ink.text },
    info: {
      title: `Battery report ${assessment.cell}`,
      subject: assessment.simulated ? 'SIMULATED' : 'Assessment of a used battery',
      creator: `PIMOE ${programVersion}`,
      producer: `PIMOE ${programVersion}`,
      creationDate: created,
    },
    files: { assessment: attachment(input, created) },
    ...(assessment.simulated ? { watermark } : {}),
    footer: (current: number, count: number) => footer(input, `Page ${current} of ${count}`),
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

function footer({ assessment, programVersion }: CellReportInput, pages: string): PaperNode {
  const third = contentWidth / 3
  const [left, , right] = page.margins
  return {
    margin: [left, 8, right, 0],
    columns: [
      write(`PIMOE ${programVersion}`, { width: third, size: 6.5, colour: ink.muted }),
      write(assessment.simulated ? 'SIMULATED' : '', {
        width: third,
        size: 6.5,
        isBold: true,
        colour: ink.warning,
        alignment: 'center',
      }),
      write(pages, { width: third, size: 6.5, colour: ink.muted, alignment: 'right' }),
    ],
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
