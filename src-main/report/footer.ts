import type { CellReportInput } from './cellReportInput.ts'
import { ink, rule, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

/** The limits of the whole, then program, state and page, at the foot of every sheet. */
export function footer(input: CellReportInput, pages: string): PaperNode {
  const { sheet, programVersion } = input
  const width = sheet.width / 3
  const [left, , right] = sheet.margins
  const foot = { width, size: smallSize, colour: ink.muted }
  return {
    margin: [left, 0, right, 0],
    stack: [
      rule(sheet.width, [0, 0, 0, 4]),
      write('This is not a safety test. Inputs and results are attached to this file as report.json.', {
        width: sheet.width,
        size: 7,
        margin: [0, 0, 0, 6],
      }),
      {
        columns: [
          write(`PIMOE ${programVersion}`, foot),
          write(stateOf(input), { ...foot, isBold: true, colour: ink.warning, alignment: 'center' }),
          write(pages, { ...foot, alignment: 'right' }),
        ],
      },
    ],
  }
}

/** Which report a page is of, on every sheet but the first, where it is said at length. */
export function header(
  { sheet, release, description, assessment }: CellReportInput,
  page: number,
): PaperNode {
  const [left, , right] = sheet.margins
  if (page === 1) return { text: '', fontSize: 1 }
  const number = release === null ? 'draft' : `${release.number ?? 'not kept'}, revision ${release.revision}`
  const name = description.name.trim() === '' ? assessment.cell : description.name
  return {
    margin: [left, 20, right, 0],
    stack: [
      write(`Battery report ${number} · ${name}`, { width: sheet.width, size: smallSize, colour: ink.muted }),
    ],
  }
}

function stateOf({ assessment, release }: CellReportInput): string {
  return [...(assessment.simulated ? ['SIMULATED'] : []), ...(release === null ? ['DRAFT'] : [])].join(' · ')
}
