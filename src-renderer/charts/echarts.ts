import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components'
import { connect, init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'

use([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  CustomChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  SVGRenderer,
  ScatterChart,
  TitleComponent,
  TooltipComponent,
])

/** Charts over cell voltage share their crosshair and zoom. */
export const voltageGroup = 'voltage'
connect(voltageGroup)

export interface FigureSize {
  readonly width: number
  readonly height: number
}

/** The figure as SVG text. */
export function svgOf(option: EChartsOption, size: FigureSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  chart.setOption({ ...option, dataZoom: [] })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/** The figure as PNG at twice its size, base64. */
export function pngOf(option: EChartsOption, size: FigureSize & { background: string }): string {
  const { background, width, height } = size
  const chart = init(document.createElement('div'), null, { renderer: 'canvas', width, height })
  chart.setOption({ ...option, dataZoom: [] })
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background })
  chart.dispose()
  return url.slice(url.indexOf(',') + 1)
}
