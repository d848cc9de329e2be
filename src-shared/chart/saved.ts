import type { EChartsOption } from 'echarts'
import type { Table } from './table.ts'
import type { ChartTheme } from './theme.ts'

/** What a figure says of itself once it has left the window. */
export interface FigureHeading {
  readonly title: string
  /** Cell, plan and model, as far as the figure has them. */
  readonly subtitle: string
  readonly simulated: boolean
}

/** The mark of everything that rests on simulated measurements. */
export const simulatedMark = 'SIMULATED'

/**
 * The figure as it is saved: its name, what it is about and the mark stand above it, and everything below keeps its
 * shape. `height` is the whole picture's, px. The options need the title component of ECharts.
 */
export function savedOption(
  option: EChartsOption,
  heading: FigureHeading,
  { theme, height }: { theme: ChartTheme; height: number },
): EChartsOption {
  const head = theme.fontSize * 4.4
  const below = (place: Place): Place => moved(place, { head, height })
  return {
    ...option,
    title: [titleOf(heading, theme), ...(heading.simulated ? [markOf(theme)] : [])],
    ...eachOf('grid', option.grid, below),
    ...eachOf('legend', option.legend, below),
  }
}

/** Says in a column of its own, on every row, whether the numbers are simulated; kept where the table says it already. */
export function withSimulated(table: Table, simulated: boolean): Table {
  if (table.columns.some(({ name }) => name === simulatedColumn)) return table
  return {
    columns: [...table.columns, { name: simulatedColumn, unit: null }],
    rows: table.rows.map((row) => [...row, String(simulated)]),
  }
}

const simulatedColumn = 'Simulated'

interface Place {
  readonly top?: unknown
  readonly bottom?: unknown
}

function eachOf(name: string, value: unknown, change: (place: Place) => Place): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {}
  return { [name]: Array.isArray(value) ? (value as Place[]).map(change) : change(value) }
}

/** Shares of the height become shares of what is left under the heading. */
function moved(place: Place, { head, height }: { head: number; height: number }): Place {
  const rest = height - head
  const top = pixels(place.top, rest)
  const bottom = pixels(place.bottom, rest)
  return { ...place, ...(top === null ? {} : { top: top + head }), ...(bottom === null ? {} : { bottom }) }
}

function pixels(length: unknown, whole: number): number | null {
  if (typeof length === 'number') return length
  if (typeof length !== 'string' || !length.endsWith('%')) return null
  return (Number(length.slice(0, -1)) / 100) * whole
}

function titleOf({ title, subtitle }: FigureHeading, theme: ChartTheme) {
  const { fontFamily, fontSize } = theme
  return {
    text: title,
    subtext: subtitle,
    left: fontSize,
    top: fontSize * 0.7,
    padding: 0,
    itemGap: fontSize * 0.7,
    textStyle: { color: theme.text, fontFamily, fontSize: fontSize * 1.25, fontWeight: 'bold' as const },
    subtextStyle: { color: theme.muted, fontFamily, fontSize },
  }
}

function markOf(theme: ChartTheme) {
  const { fontFamily, fontSize } = theme
  return {
    text: simulatedMark,
    right: fontSize * 1.5,
    top: fontSize * 0.7,
    padding: [fontSize * 0.3, fontSize * 0.6],
    borderColor: theme.warning,
    borderWidth: 1,
    borderRadius: 2,
    textStyle: { color: theme.warning, fontFamily, fontSize, fontWeight: 'bold' as const },
  }
}
