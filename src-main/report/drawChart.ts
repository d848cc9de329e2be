import type { EChartsOption } from 'echarts'
import type { EChartsType } from 'echarts/core'
import { readFaces } from './fonts.ts'
import { isPlain } from './textRuns.ts'

export interface ChartSize {
  /** px; one px is one pt on paper. */
  readonly width: number
  readonly height: number
}

/** A chart option as SVG, drawn without a window by the very code that draws the screen. */
export async function drawChart(option: EChartsOption, size: ChartSize): Promise<string> {
  const echarts = await loadEcharts()
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    return svgOf(chart, option)
  } finally {
    // Without it Node never exits.
    chart.dispose()
  }
}

function svgOf(chart: EChartsType, option: EChartsOption): string {
  chart.setOption(option)
  const svg = chart.renderToSVGString({ useViewBox: true }).replace(/<style[\s\S]*?<\/style>/g, '')
  // A picture is drawn in one typeface: names belong in the words beside it, which are written run by run.
  if (!isPlain(svg.replace(/\s/gu, ' '), readFaces().regular))
    throw new Error('A chart on paper names something.')
  return svg
}

/** Only the parts that the options of `src-shared/chart` use, and only once a report is wanted. */
async function loadEcharts() {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([
    charts.LineChart,
    charts.ScatterChart,
    charts.CustomChart,
    components.GridComponent,
    components.LegendComponent,
    components.MarkLineComponent,
    renderers.SVGRenderer,
  ])
  core.setPlatformAPI({ measureText })
  return core
}

/** Without a window ECharts guesses; the font itself knows. `font` is a CSS font such as `8px DejaVu Sans`. */
function measureText(text: string, font?: string): { width: number } {
  const size = /(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1]
  return { width: readFaces().regular.width(text) * Number(size ?? 12) }
}
