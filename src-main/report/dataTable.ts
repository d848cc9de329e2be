import { ink, smallSize, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'

export interface Column {
  readonly title: string
  /** Share of the table's width. */
  readonly share: number
  readonly isNumber?: boolean
}

const padding = 3

/** A ruled table; its heading is repeated on every page, and no row is torn apart. */
export function dataTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): PaperNode {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (width * share) / whole - 2 * padding)
  const cell = (text: string, index: number, isHead: boolean): PaperNode =>
    write(text, {
      width: widths[index],
      size: smallSize + 0.5,
      lines: isHead ? 2 : 3,
      isBold: isHead,
      alignment: columns[index].isNumber === true ? 'right' : 'left',
    })
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths,
      body: [
        columns.map(({ title }, index) => cell(title, index, true)),
        ...rows.map((row) => row.map((text, index) => cell(text, index, false))),
      ],
    },
    layout: {
      hLineWidth: (line) => (line === 1 ? 0.8 : 0.4),
      vLineWidth: () => 0,
      hLineColor: () => ink.rule,
      paddingLeft: () => padding,
      paddingRight: () => padding,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
  }
}
