import type { CellReportInput } from './cellReportInput.ts'
import { factTable, inHalves, ink, write, writeLarge } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

const side = 108
const gap = 14

/** The grade with its reasons and the rules that decided. */
export function gradeBlock({ grade, rules, sheet }: CellReportInput): PaperNode {
  const width = sheet.width - side - gap
  const isWarning = grade?.verdict !== 'graded'
  return {
    columnGap: gap,
    columns: [
      {
        width: side,
        stack: [
          write('Grade', { width: side, size: 7, colour: ink.muted }),
          writeLarge(gradeWord(grade), {
            width: side,
            sizes: [17, 14, 10.5],
            colour: isWarning ? ink.warning : ink.text,
            margin: [0, 1, 0, 0],
          }),
        ],
      },
      {
        width,
        stack: [
          factTable(
            [
              { name: 'Reasons', value: reasonsOf(grade), lines: 4, isWarning },
              {
                name: 'Rules',
                value: rules === null ? 'none' : `${rules.rules.name}, version ${rules.version}`,
                lines: 2,
              },
              { name: 'SHA-256', value: rules === null ? 'none' : inHalves(rules.sha256), lines: 2 },
            ],
            { width, nameWidth: 56 },
          ),
        ],
      },
    ],
    margin: [0, 2, 0, 2],
  }
}

function gradeWord(grade: CellReportInput['grade']): string {
  if (grade === null) return 'not performed'
  return grade.grade ?? (grade.verdict === 'hold' ? 'HOLD' : 'REJECT')
}

function reasonsOf(grade: CellReportInput['grade']): string {
  if (grade === null) return 'A cell outside a library has no grading rules.'
  return grade.reasons.map(({ message }) => message).join(' ')
}
