/** left, top, right, bottom in pt */
export type Margin = readonly [number, number, number, number]

/** A part of a line in one typeface and one direction. */
export interface TextRun {
  readonly text: string
  readonly font?: string
  /** Even empty, it makes the font lay out all words at once. */
  readonly fontFeatures?: readonly string[]
}

/** The nodes of pdfmake's document definition that the report uses. */
export interface PaperNode {
  /** Runs are one line. */
  readonly text?: string | readonly TextRun[]
  readonly noWrap?: boolean
  readonly preserveLeadingSpaces?: boolean
  readonly preserveTrailingSpaces?: boolean
  readonly fontSize?: number
  readonly bold?: boolean
  readonly color?: string
  readonly alignment?: 'left' | 'right' | 'center'
  readonly margin?: Margin
  readonly width?: number
  readonly height?: number
  readonly svg?: string
  /** Data URL. */
  readonly image?: string
  readonly fit?: readonly [number, number]
  readonly unbreakable?: boolean
  readonly stack?: readonly PaperNode[]
  readonly columns?: readonly PaperNode[]
  readonly columnGap?: number
  readonly canvas?: readonly Readonly<Record<string, string | number>>[]
  readonly table?: {
    readonly widths: readonly number[]
    readonly body: readonly (readonly PaperNode[])[]
    /** Rows at the top that are repeated on every page. */
    readonly headerRows?: number
    readonly dontBreakRows?: boolean
  }
  readonly pageBreak?: 'before'
  /** The text is a bookmark too. */
  readonly outline?: boolean
  readonly outlineText?: string
  readonly layout?: TableLayout
}

export interface TableLayout {
  readonly hLineWidth: (line: number) => number
  readonly vLineWidth: () => number
  readonly hLineColor?: () => string
  readonly paddingLeft: () => number
  readonly paddingRight: () => number
  readonly paddingTop: () => number
  readonly paddingBottom: () => number
}

/** Ascent and descent of DejaVu Sans relative to its size: what one line takes. */
const lineHeight = 1.165

/** Height in pt that nodes take one below the other; lines are broken already, so it is exact to about a point. */
export function heightOf(nodes: readonly PaperNode[]): number {
  return sum(nodes.map((node) => contentHeight(node) + (node.margin?.[1] ?? 0) + (node.margin?.[3] ?? 0)))
}

function contentHeight(node: PaperNode): number {
  if (node.text !== undefined) return linesOf(node.text) * (node.fontSize ?? 0) * lineHeight
  if (node.stack !== undefined) return heightOf(node.stack)
  if (node.columns !== undefined) return tallest(node.columns)
  if (node.table !== undefined) return tableHeight(node.table.body, node.layout)
  if (node.fit !== undefined) return node.fit[1]
  return node.svg === undefined ? 0 : (node.height ?? 0)
}

function linesOf(text: string | readonly TextRun[]): number {
  return typeof text === 'string' ? text.split('\n').length : 1
}

function tableHeight(body: readonly (readonly PaperNode[])[], layout: TableLayout | undefined): number {
  const padding = (layout?.paddingTop() ?? 0) + (layout?.paddingBottom() ?? 0)
  const lines = sum(Array.from({ length: body.length + 1 }, (_, line) => layout?.hLineWidth(line) ?? 0))
  return lines + sum(body.map((row) => tallest(row) + padding))
}

function tallest(nodes: readonly PaperNode[]): number {
  return nodes.reduce((height, node) => Math.max(height, heightOf([node])), 0)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
