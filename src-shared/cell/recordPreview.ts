/** Signals of a whole record, thinned for the plot; parallel columns of equal length, in the record's order. */
export interface RecordPreview {
  /** Measured rows that it stands for. */
  readonly rows: number
  /** s, as the record counts them. */
  readonly time: Float32Array
  readonly voltage: Float32Array
  readonly current: Float32Array
  /** °C; null where the file tells none. */
  readonly temperature: Float32Array | null
  /** The cycler's number. */
  readonly cycle: Float32Array
}

export interface PreviewRow {
  readonly time: number
  readonly voltage: number
  readonly current: number
  readonly cycle: number
}

const mostStretches = 500
const [rowAt, timeAt, voltageAt, currentAt, temperatureAt, cycleAt, jumpAt, width] = [0, 1, 2, 3, 4, 5, 6, 7]
/** Of each stretch: where a signal is least and greatest, and the two rows between which the current jumps most. */
const extremes: readonly { readonly field: number; readonly sign: 1 | -1; readonly isBefore?: true }[] = [
  { field: voltageAt, sign: -1 },
  { field: voltageAt, sign: 1 },
  { field: currentAt, sign: -1 },
  { field: currentAt, sign: 1 },
  { field: jumpAt, sign: 1 },
  { field: jumpAt, sign: 1, isBefore: true },
]
const stretchWidth = extremes.length * width

/**
 * Thins a record of any length while its rows pass: of each of some 500 equal stretches of rows those of least and
 * greatest voltage and current are kept, and those beside the greatest jump of the current, so that no peak is lost and
 * steps stay steep. At most 3002 points.
 */
export function previewCollector() {
  const kept = new Float64Array(mostStretches * stretchWidth)
  const sample = new Float64Array(width)
  const before = new Float64Array(width)
  const first = new Float64Array(width)
  let rows = 0
  let stretches = 0
  let inStretch = 0
  let stride = 1
  let hasTemperature = false
  return {
    push({ time, voltage, current, cycle }: PreviewRow, celsius: number | null): void {
      const jump = rows === 0 ? 0 : Math.abs(current - sample[currentAt])
      before.set(sample)
      before[jumpAt] = jump
      sample.set([rows, time, voltage, current, celsius ?? Number.NaN, cycle, jump])
      if (rows === 0) {
        first.set(sample)
        before.set(sample)
      }
      hasTemperature ||= celsius !== null
      if (inStretch === 0 && stretches === mostStretches) {
        halve(kept)
        stretches /= 2
        stride *= 2
      }
      take(kept, { sample, before }, { stretch: stretches, isFirst: inStretch === 0 })
      rows++
      inStretch++
      if (inStretch < stride) return
      inStretch = 0
      stretches++
    },
    end(): RecordPreview {
      const open = stretches + (inStretch > 0 ? 1 : 0)
      const points = new Map<number, Float64Array>()
      for (let i = 0; i < open * extremes.length; i++) {
        const point = kept.subarray(i * width, (i + 1) * width)
        points.set(point[rowAt], point)
      }
      for (const end of rows > 0 ? [first, sample] : []) points.set(end[rowAt], end)
      const ordered = [...points.values()].toSorted((a, b) => a[rowAt] - b[rowAt])
      const column = (field: number): Float32Array => Float32Array.from(ordered, (point) => point[field])
      return {
        rows,
        time: column(timeAt),
        voltage: column(voltageAt),
        current: column(currentAt),
        temperature: hasTemperature ? column(temperatureAt) : null,
        cycle: column(cycleAt),
      }
    },
  }
}

function take(
  kept: Float64Array,
  rows: { readonly sample: Float64Array; readonly before: Float64Array },
  { stretch, isFirst }: { stretch: number; isFirst: boolean },
): void {
  for (let e = 0; e < extremes.length; e++) {
    const { field, sign, isBefore } = extremes[e]
    const at = stretch * stretchWidth + e * width
    const row = isBefore === true ? rows.before : rows.sample
    if (isFirst || sign * row[field] > sign * kept[at + field]) kept.set(row, at)
  }
}

/** Makes one stretch of each two neighbours. */
function halve(kept: Float64Array): void {
  for (let stretch = 0; stretch < mostStretches / 2; stretch++) {
    for (let e = 0; e < extremes.length; e++) {
      const { field, sign } = extremes[e]
      const [left, right] = [0, 1].map((i) => (2 * stretch + i) * stretchWidth + e * width)
      const better = sign * kept[right + field] > sign * kept[left + field] ? right : left
      kept.copyWithin(stretch * stretchWidth + e * width, better, better + width)
    }
  }
}
