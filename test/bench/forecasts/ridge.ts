import { rowsByType } from '../../../src-main/training/evidence/evidenceRows.ts'
import type { EvidenceRow } from '../../../src-main/training/evidence/evidenceRow.ts'
import { wantedHorizon } from '../../../src-main/training/problem/horizons.ts'
import { presets } from '../../../src-main/training/presets/presets.ts'
import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import { cholesky, choleskySolve } from '../../../src-shared/evidence/linear.ts'
import type { JudgedWindow } from './windows.ts'

/** Relative to the number of rows; standardised inputs. */
const penalty = 1e-4

/**
 * Ridge regression of the whole trajectory on charge curve, rest and use, trained on all cells of the same cell type:
 * what anyone would try first. Rows that were followed over the whole horizon. Null where a row shows no whole charge.
 */
export function ridgeForecast(
  trained: readonly TrainingCell[],
  test: readonly TrainingCell[],
): (window: JudgedWindow, t: number) => number | null {
  const { input } = presets[0].settings
  const learned = rowsByType(trained, input)
  const asked = new Map<string, Float64Array>()
  for (const type of rowsByType(test, input)) {
    const rows = learned.find(({ label }) => label === type.label)?.rows ?? []
    for (const H of new Set(type.rows.map(({ condition }) => wantedHorizon(condition)))) {
      const predict = fit(rows, H)
      for (const row of type.rows.filter(({ condition }) => wantedHorizon(condition) === H))
        asked.set(
          keyOf(test[row.cell], row.row),
          predict(row).map((value) => value * type.nominalCapacity_Ah),
        )
    }
  }
  return ({ cell, row }, t) => asked.get(keyOf(cell, row))?.[t] ?? null
}

function keyOf(cell: TrainingCell, row: number): string {
  return `${cell.path} ${row}`
}

/** Trajectory (H) relative to the rated capacity. */
function fit(rows: readonly EvidenceRow[], H: number): (row: EvidenceRow) => Float64Array {
  const followed = rows.filter((row) => Number.isFinite(row.lostAt(H - 1)))
  const inputs = followed.map(inputOf)
  const width = inputs[0]?.length ?? 0
  const centre = columnMeans(inputs, width)
  const scale = columnMeans(
    inputs.map((values) => values.map((value, i) => (value - centre[i]) ** 2)),
    width,
  ).map((variance) => (variance > 1e-12 ? 1 / Math.sqrt(variance) : 0))
  const standard = (values: Float64Array): Float64Array =>
    values.map((value, i) => (value - centre[i]) * scale[i])
  const points = inputs.map(standard)
  const normal = new Float64Array(width * width)
  for (const point of points) {
    for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) normal[i * width + j] += point[i] * point[j]
  }
  for (let i = 0; i < width; i++) normal[i * width + i] += penalty * points.length
  cholesky(normal, width)
  const columns = Array.from({ length: H }, (_, t) => {
    const wanted = followed
      .map((row) => row.capacity + row.lostAt(t))
      .map((value) => (Number.isFinite(value) ? value : 0))
    const level = wanted.reduce((sum, value) => sum + value, 0) / Math.max(1, wanted.length)
    const weights = new Float64Array(width)
    points.forEach((point, n) => {
      for (let i = 0; i < width; i++) weights[i] += point[i] * (wanted[n] - level)
    })
    choleskySolve(normal, width, weights)
    return { level, weights }
  })
  return (row) => {
    const point = standard(inputOf(row))
    return Float64Array.from(columns, ({ level, weights }) =>
      point.reduce((sum, value, i) => sum + value * weights[i], level),
    )
  }
}

function inputOf({ state, use }: EvidenceRow): Float64Array {
  return Float64Array.from([...state, ...use])
}

function columnMeans(rows: readonly Float64Array[], width: number): Float64Array {
  const means = new Float64Array(width)
  for (const row of rows) for (let i = 0; i < width; i++) means[i] += row[i] / rows.length
  return means
}
