import type {
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
  CustomSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
} from 'echarts'
import type { Evidence, TrajectoryPoint } from '../forecast/assessment.ts'

/** How one trajectory is drawn. */
export interface Stroke {
  readonly colour: string
  readonly width: number
  readonly z: number
  /** Diameter of a measured point, px. */
  readonly pointSize: number
  /** Shape set now and then on the line, where several lines share a chart. */
  readonly marker: { readonly symbol: string; readonly offset: number } | null
  readonly names: {
    readonly estimated: string
    readonly extrapolated: string
    readonly band: string
    readonly measured: string
  }
}

export const bandOpacity = 0.18

/** Runs of equal evidence, each a line; neighbours share their border point so that no gap opens. */
export function medianSeries(points: readonly TrajectoryPoint[], stroke: Stroke): LineSeriesOption[] {
  return runs(points).map(({ lineKind, points: run }) => ({
    type: 'line',
    name: lineKind === 'dotted' ? stroke.names.extrapolated : stroke.names.estimated,
    data: run.map((point) => datum(point, stroke)),
    showSymbol: stroke.marker !== null,
    symbol: stroke.marker?.symbol ?? 'none',
    symbolSize: 0,
    z: stroke.z,
    itemStyle: { color: stroke.colour },
    lineStyle: {
      color: stroke.colour,
      width: stroke.width,
      type: lineKind === 'dotted' ? [1.5, 3.5] : 'solid',
    },
    emphasis: { disabled: true },
  }))
}

/** Dots: a measured start of the trajectory belongs to the caller's points. */
export function measuredSeries(
  points: readonly { cycle: number; capacity_Ah: number }[],
  stroke: Stroke,
): ScatterSeriesOption[] {
  if (points.length === 0) return []
  return [
    {
      type: 'scatter',
      name: stroke.names.measured,
      data: points.map((point) => [point.cycle, point.capacity_Ah]),
      symbol: 'circle',
      symbolSize: stroke.pointSize,
      z: stroke.z,
      itemStyle: { color: stroke.colour },
      emphasis: { disabled: true },
    },
  ]
}

/** A point whose interval is known. */
export interface BandedPoint extends TrajectoryPoint {
  readonly low_Ah: number
  readonly high_Ah: number
}

export function banded(points: readonly TrajectoryPoint[]): BandedPoint[] {
  return points.filter(
    (point): point is BandedPoint => Number.isFinite(point.low_Ah) && Number.isFinite(point.high_Ah),
  )
}

/** One polygon from the upper ends forth and the lower ends back; stays whole while zooming. */
export function bandSeries(points: readonly TrajectoryPoint[], stroke: Stroke): CustomSeriesOption[] {
  const known = banded(points)
  const first = known.at(0)
  if (first === undefined) return []
  return [
    {
      type: 'custom',
      name: stroke.names.band,
      silent: true,
      clip: true,
      z: 1,
      tooltip: { show: false },
      encode: { x: 0, y: [1, 2] },
      data: [[first.cycle, first.low_Ah, first.high_Ah]],
      color: stroke.colour,
      renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
        polygon(known, stroke, api),
    },
  ]
}

function polygon(
  points: readonly BandedPoint[],
  stroke: Stroke,
  api: CustomSeriesRenderItemAPI,
): CustomSeriesRenderItemReturn {
  const upper = points.map((point) => api.coord([point.cycle, point.high_Ah]))
  const lower = points.map((point) => api.coord([point.cycle, point.low_Ah]))
  return {
    type: 'polygon',
    shape: { points: [...upper, ...lower.reverse()] },
    style: { fill: stroke.colour, opacity: bandOpacity },
  }
}

interface Run {
  lineKind: 'solid' | 'dotted'
  points: TrajectoryPoint[]
}

function runs(points: readonly TrajectoryPoint[]): Run[] {
  const found: Run[] = []
  let previous: TrajectoryPoint | null = null
  for (const point of points) {
    const lineKind = Number.isFinite(point.capacity_Ah) ? lineKindOf(point.evidence) : null
    if (lineKind !== null) extend(found, { point, previous, lineKind })
    previous = lineKind === null ? null : point
  }
  return found
}

function extend(
  found: Run[],
  {
    point,
    previous,
    lineKind,
  }: { point: TrajectoryPoint; previous: TrajectoryPoint | null; lineKind: Run['lineKind'] },
): void {
  const open = found.at(-1)
  if (previous !== null && open?.lineKind === lineKind) open.points.push(point)
  else found.push({ lineKind, points: previous === null ? [point] : [previous, point] })
}

function lineKindOf(evidence: Evidence): Run['lineKind'] | null {
  if (evidence === 'not-determinable') return null
  return evidence === 'extrapolated' ? 'dotted' : 'solid'
}

const markerEvery = 10
const markerStagger = 3
const markerSize = 7

function datum(point: TrajectoryPoint, { marker }: Stroke) {
  const value = [point.cycle, point.capacity_Ah]
  if (marker === null) return value
  const isMarked = (point.cycle + marker.offset * markerStagger) % markerEvery === 0
  return isMarked ? { value, symbolSize: markerSize } : value
}
