import type { SeriesOption } from 'echarts'
import type { TrajectoryPoint } from '../forecast/assessment.ts'
import { bandSeries, medianSeries, type Stroke } from './trajectorySeries.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

/** A forecast made from an earlier cycle, its points on the axis of the present answer. */
export interface EarlierForecast {
  /** The cycler's number of the cycle that it was made from. */
  readonly cycle: number
  readonly points: readonly TrajectoryPoint[]
  /** Brought forward, with its band. */
  readonly isLit: boolean
}

export const earlierName = 'Earlier forecasts'

/** Faint lines behind the answer; the lit one is strong and has its band. */
export function earlierSeries(earlier: readonly EarlierForecast[], theme: ChartTheme): SeriesOption[] {
  return earlier.flatMap(({ points, isLit }) => {
    const stroke = strokeOf(isLit, theme)
    return [...medianSeries(points, stroke), ...(isLit ? bandSeries(points, stroke) : [])]
  })
}

function strokeOf(isLit: boolean, theme: ChartTheme): Stroke {
  return {
    colour: isLit ? seriesColour(theme, 1) : theme.axis,
    width: isLit ? 2 : 1.25,
    z: isLit ? 3 : 2,
    pointSize: 0,
    marker: null,
    names: { estimated: earlierName, extrapolated: earlierName, band: earlierName, measured: earlierName },
  }
}

/** The values of earlier forecasts that the chart must have room for. */
export function earlierValues(earlier: readonly EarlierForecast[]): number[] {
  return earlier.flatMap(({ points, isLit }) =>
    points.flatMap(({ capacity_Ah, low_Ah, high_Ah }) => [
      capacity_Ah,
      ...(isLit ? [low_Ah ?? capacity_Ah, high_Ah ?? capacity_Ah] : []),
    ]),
  )
}

/** What stands behind the answer, one sentence; empty without earlier forecasts. */
export function describeEarlier(earlier: readonly EarlierForecast[]): string {
  if (earlier.length === 0) return ''
  const pale =
    earlier.length === 1 ? 'One earlier forecast is pale' : `${earlier.length} earlier forecasts are pale`
  const lit = earlier.find(({ isLit }) => isLit)
  return lit === undefined
    ? `${pale}.`
    : `${pale}; the one from cycle ${lit.cycle} is brought forward with its interval.`
}
