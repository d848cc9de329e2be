import { wantedHorizon } from '../../../src-main/training/problem/horizons.ts'
import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { ridgeForecast } from './ridge.ts'
import { judgedWindows, type JudgedWindow } from './windows.ts'

/** The model beside forecasts that anyone could make, on the same windows. */
export function baselineLines(
  model: ModelPackage,
  trained: readonly TrainingCell[],
  test: readonly TrainingCell[],
): string[] {
  const windows = judgedWindows(model, test, { stride: 2 })
  const ridge = ridgeForecast(trained, test)
  const conditions = [...new Set(windows.map(({ cell }) => cell.condition))]
  return [
    '## Beside simple forecasts',
    '| condition | model | ridge on charge, rest and use | its present capacity, held | … and the mean fade of the condition | true present capacity, held | … and the mean fade | … and the model’s fade |',
    '|---|---|---|---|---|---|---|---|',
    ...conditions.map((condition) => {
      const own = windows.filter(({ cell }) => cell.condition === condition)
      const fade = meanFade(trained.filter((cell) => cell.condition === condition))
      const forecasts: ((window: JudgedWindow, t: number) => number | null)[] = [
        ({ answer }, t) => answer.trajectory[t].capacity_Ah,
        ridge,
        ({ answer }) => answer.trajectory[0].capacity_Ah,
        ({ answer }, t) => answer.trajectory[0].capacity_Ah + fade[t],
        ({ truth }) => truth[0],
        ({ truth }, t) => truth[0] + fade[t],
        ({ truth, answer }, t) =>
          truth[0] + answer.trajectory[t].capacity_Ah - answer.trajectory[0].capacity_Ah,
      ]
      return `| ${condition} | ${forecasts.map((forecast) => mape(own, forecast).toFixed(2)).join(' | ')} |`
    }),
    'MAPE of every second window. The last three know the present capacity exactly: they show the trend alone.',
  ]
}

/** (H) mean change of capacity from a row on, over all trained cells of a condition, Ah. */
function meanFade(cells: readonly TrainingCell[]): Float64Array {
  const H = wantedHorizon(cells.at(0)?.condition ?? '')
  const sum = new Float64Array(H)
  let count = 0
  for (const { cycles } of cells) {
    for (let row = 0; row + H < cycles.length; row++) {
      const start = cycles[row].dischargeCapacity
      if (start === null) continue
      for (let t = 0; t < H; t++) sum[t] += (cycles[row + t].dischargeCapacity ?? start) - start
      count++
    }
  }
  return sum.map((value) => value / Math.max(1, count))
}

function mape(
  windows: readonly JudgedWindow[],
  forecast: (window: JudgedWindow, t: number) => number | null,
): number {
  let sum = 0
  let count = 0
  for (const window of windows) {
    for (let t = 0; t < window.truth.length; t++) {
      const value = forecast(window, t)
      if (value === null) continue
      sum += Math.abs(value - window.truth[t]) / window.truth[t]
      count++
    }
  }
  return (100 * sum) / count
}
