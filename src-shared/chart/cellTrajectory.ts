import type { Assessment, TrajectoryPoint } from '../forecast/assessment.ts'
import type { AmpereHour } from '../units/quantities.ts'
import type { EarlierForecast } from './earlierForecasts.ts'
import type { MeasuredPoint, TrajectoryChart } from './trajectory.ts'

/** A kept forecast, by the place among the cell's cycles that it was made from. */
export interface PlacedForecast {
  readonly id: string
  readonly row: number
  readonly cycle: number
  readonly trajectory: readonly TrajectoryPoint[]
}

export interface CellHistory {
  readonly assessment: Assessment
  /** Place of the cycle that the answer rests on. */
  readonly row: number
  readonly measured: readonly { readonly row: number; readonly capacity_Ah: AmpereHour }[]
  /** Newest first. */
  readonly forecasts: readonly PlacedForecast[]
  /** Id of the forecast to bring forward. */
  readonly lit?: string | null
}

/** So many pale curves can still be told apart. */
const mostEarlier = 12

/** The answer among the capacities that were measured and the forecasts that were made from earlier cycles. */
export function cellTrajectory({
  assessment,
  row,
  measured,
  forecasts,
  lit = null,
}: CellHistory): TrajectoryChart {
  const horizon = assessment.trajectory.at(-1)?.cycle ?? 0
  const points = measured.map(({ row: at, capacity_Ah }) => ({ cycle: at - row, capacity_Ah }))
  const earlier = forecasts
    .filter((forecast) => forecast.row < row)
    .map((one) => placed(one, { row, horizon, lit }))
  return {
    series: [{ label: assessment.cell, assessment, measured: near(points, horizon) }],
    threshold: assessment.endOfLife.threshold,
    earlier: earlier.filter((one) => one.points.length > 1).filter((one, i) => i < mostEarlier || one.isLit),
  }
}

function placed(
  { id, row: from, cycle, trajectory }: PlacedForecast,
  { row, horizon, lit }: { row: number; horizon: number; lit: string | null },
): EarlierForecast {
  const points = trajectory.map((point) => ({ ...point, cycle: point.cycle + from - row }))
  return { cycle, points: near(points, horizon), isLit: id === lit }
}

/** As far back as the answer looks ahead. */
function near<P extends MeasuredPoint>(points: readonly P[], horizon: number): P[] {
  return points.filter(({ cycle }) => Math.abs(cycle) <= horizon)
}
