/** Colours and type of a chart; the same option drawn on a light window, a dark one, and paper. */
export interface ChartTheme {
  readonly medium: 'screen' | 'paper'
  readonly fontFamily: string
  /** px */
  readonly fontSize: number
  readonly text: string
  readonly muted: string
  readonly axis: string
  readonly grid: string
  readonly background: string
  /** Curves that are context, not answer. */
  readonly pale: string
  readonly warning: string
  /** Okabe and Ito (2008): told apart under the common kinds of colour blindness. */
  readonly series: readonly string[]
}

export const lightTheme: ChartTheme = {
  medium: 'screen',
  fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
  fontSize: 12,
  text: '#0f172a',
  muted: '#475569',
  axis: '#94a3b8',
  grid: '#e2e8f0',
  background: '#ffffff',
  pale: '#cbd5e1',
  warning: '#b45309',
  series: ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000', '#A89B00'],
}

/** Series are the Okabe–Ito hues lifted to at least 4.5:1 on slate 900. */
export const darkTheme: ChartTheme = {
  medium: 'screen',
  fontFamily: lightTheme.fontFamily,
  fontSize: 12,
  text: '#f1f5f9',
  muted: '#a3b1c6',
  axis: '#64748b',
  grid: '#27344a',
  background: '#0f172a',
  pale: '#475569',
  warning: '#fbbf24',
  series: ['#4DA8E8', '#FF8A3D', '#2CC79B', '#E39AC4', '#F2B632', '#8CCBF2', '#FFFFFF', '#F0E442'],
}

/** For the report: the registered font's own name, no interaction, no animation. */
export const paperTheme: ChartTheme = {
  ...lightTheme,
  medium: 'paper',
  fontFamily: 'DejaVu Sans',
  fontSize: 8,
  text: '#111827',
  muted: '#374151',
  axis: '#6b7280',
  grid: '#e5e7eb',
}

const symbols = ['circle', 'triangle', 'diamond', 'rect', 'arrow', 'pin'] as const

export function seriesColour(theme: ChartTheme, index: number): string {
  return theme.series[index % theme.series.length] ?? theme.text
}

/** Shape that goes with a colour, so that colour is never the only sign. */
export function seriesSymbol(index: number): string {
  return symbols[index % symbols.length] ?? 'circle'
}
