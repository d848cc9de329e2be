import type { CellReportInput } from './cellReportInput.ts'
import { contentWidth, ink, page, rule, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const limits =
  'This is not a safety test. Capacities hold for the stated use and temperature; what is extrapolated rests on no ' +
  'comparable cell. Inputs and results are attached to this file as report.json.'

/** The limits of the whole, then program and page, at the foot of the sheet. */
export function footer({ assessment, programVersion }: CellReportInput, pages: string): PaperNode {
  const width = contentWidth / 3
  const [left, , right] = page.margins
  const foot = { width, size: smallSize, colour: ink.muted }
  return {
    margin: [left, 0, right, 0],
    stack: [
      rule([0, 0, 0, 4]),
      write(`Limits: ${limits}`, { width: contentWidth, size: 7, lines: 2, margin: [0, 0, 0, 7] }),
      {
        columns: [
          write(`PIMOE ${programVersion}`, foot),
          write(assessment.simulated ? 'SIMULATED' : '', {
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
