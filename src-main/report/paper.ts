import { directionOf } from './bidi.ts'
import { fit } from './fit.ts'
import { readFaces } from './fonts.ts'
import type { Margin, PaperNode, TableLayout } from './paperNode.ts'
import { isPlain, textRuns } from './textRuns.ts'

/** A sheet of paper and the room for its content, in pt. */
export interface Sheet {
  readonly name: 'A4' | 'Letter'
  /** left, top, right, bottom */
  readonly margins: Margin
  readonly width: number
  readonly height: number
}

export const sheets: Readonly<Record<Sheet['name'], Sheet>> = {
  A4: sheet('A4', 595.28, 841.89),
  Letter: sheet('Letter', 612, 792),
}

function sheet(name: Sheet['name'], width: number, height: number): Sheet {
  const margins = [36, 40, 36, 58] as const
  return { name, margins, width: width - margins[0] - margins[2], height: height - margins[1] - margins[3] }
}

export const ink = {
  text: '#111827',
  muted: '#4b5563',
  rule: '#d1d5db',
  panel: '#f3f4f6',
  accent: '#1d4ed8',
  warning: '#9a3412',
} as const

export interface TextStyle {
  /** pt of the column it stands in. */
  readonly width: number
  readonly lines?: number
  /** pt */
  readonly size?: number
  readonly isBold?: boolean
  readonly colour?: string
  readonly alignment?: 'left' | 'right' | 'center'
  readonly margin?: Margin
}

export const bodySize = 7.5
export const smallSize = 6.5

/** Text that stays in its place whatever it says: broken and shortened here, so the page cannot grow. */
export function write(text: string, style: TextStyle): PaperNode {
  const { width, lines = 1, size = bodySize, isBold = false, colour = ink.text } = style
  const faces = readFaces()
  const face = isBold ? faces.bold : faces.regular
  // Half a point of grace keeps pdfmake from breaking a line that fits exactly.
  const fitted = fit(text, { face, size, width: width - 0.5, lines })
  const look = { fontSize: size, bold: isBold, color: colour, alignment: style.alignment ?? 'left' }
  const place = style.margin === undefined ? {} : { margin: style.margin }
  if (isPlain(fitted, face)) return { text: fitted, ...look, ...place }
  const direction = directionOf(text)
  const ofLine = (line: string): PaperNode => ({
    text: textRuns(line, face, direction),
    noWrap: true,
    preserveLeadingSpaces: true,
    preserveTrailingSpaces: true,
    ...look,
  })
  return { stack: fitted.split('\n').map(ofLine), ...place }
}

/** The largest of the sizes at which the text fits on one line, else two lines of the last. */
export function writeLarge(text: string, style: TextStyle & { sizes: readonly number[] }): PaperNode {
  const face = readFaces().bold
  const fitting = style.sizes.find((size) => face.width(text) * size <= style.width - 1)
  const size = fitting ?? style.sizes.at(-1) ?? bodySize
  return write(text, { ...style, size, isBold: true, lines: fitting === undefined ? 2 : 1 })
}

/** The title of a section, which the bookmarks name too. */
export function sectionTitle(text: string, width: number): PaperNode {
  return { ...write(text, { width, size: 13, isBold: true, margin: [0, 10, 0, 4] }), outline: true }
}

export function heading(text: string, width: number): PaperNode {
  return write(text, { width, size: 8.5, isBold: true, margin: [0, 3, 0, 2] })
}

export interface Fact {
  readonly name: string
  readonly value: string
  readonly lines?: number
  readonly isWarning?: boolean
}

/** Names to the left, values to the right; every row is printed, what is unknown says so. */
export function factTable(
  facts: readonly Fact[],
  { width, nameWidth }: { width: number; nameWidth: number },
): PaperNode {
  const valueWidth = width - nameWidth
  return {
    table: {
      widths: [nameWidth, valueWidth],
      body: facts.map((fact) => [
        write(fact.name, { width: nameWidth, size: smallSize + 0.5, colour: ink.muted }),
        write(fact.value, {
          width: valueWidth,
          size: smallSize + 0.5,
          lines: fact.lines ?? 1,
          colour: fact.isWarning === true ? ink.warning : ink.text,
        }),
      ]),
    },
    layout: tight,
  }
}

/** No lines; rows a hair apart. */
export const tight: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 1,
}

/** A hash on two even lines. */
export function inHalves(hash: string): string {
  const half = Math.ceil(hash.length / 2)
  return `${hash.slice(0, half)} ${hash.slice(half)}`.trim()
}

export function rule(width: number, margin: Margin = [0, 5, 0, 5]): PaperNode {
  return {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5, lineColor: ink.rule }],
    margin,
  }
}

/** Columns of equal width with a gutter; the callback learns the width it has. */
export function sideBySide(
  { width: whole, gap }: { width: number; gap: number },
  columns: readonly ((width: number) => PaperNode[])[],
): PaperNode {
  const width = (whole - gap * (columns.length - 1)) / columns.length
  return { columnGap: gap, columns: columns.map((column) => ({ width, stack: column(width) })) }
}
