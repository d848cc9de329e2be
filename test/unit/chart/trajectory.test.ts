import { describe, expect, it } from 'vitest'
import { darkTheme, lightTheme, paperTheme } from '../../../src-shared/chart/theme.ts'
import {
  measuredPoints,
  trajectoryOption,
  type TrajectoryChart,
} from '../../../src-shared/chart/trajectory.ts'
import { describeTrajectory, trajectoryTable } from '../../../src-shared/chart/trajectoryWords.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'

interface DrawnSeries {
  type: string
  name: string
  data: unknown[]
  lineStyle?: { type: unknown; color: string }
  renderItem?: (
    parameters: object,
    api: { coord: (at: number[]) => number[] },
  ) => { shape: { points: number[][] }; style: object }
}

function seriesOf(chart: TrajectoryChart, theme = lightTheme): DrawnSeries[] {
  return trajectoryOption(chart, theme).series as unknown as DrawnSeries[]
}

function chartOf(count: number, selected?: number): TrajectoryChart {
  const series = Array.from({ length: count }, (_, i) => ({
    label: `Cell ${i + 1}`,
    assessment: sampleAssessment({ seed: i + 1 }),
  }))
  return { series, threshold: 0.8, ...(selected === undefined ? {} : { selected }) }
}

describe('trajectoryOption', () => {
  it('draws estimated cycles solid and extrapolated ones dotted, without a gap between', () => {
    const assessment = sampleAssessment({ extrapolatedFrom: 30 })
    const lines = seriesOf({ series: [{ label: 'a', assessment }], threshold: 0.8 }).filter(
      (one) => one.type === 'line' && one.data.length > 0,
    )
    expect(lines.map((line) => line.name)).toEqual(['Estimated', 'Extrapolated'])
    expect(lines.map((line) => line.lineStyle?.type === 'solid')).toEqual([true, false])
    expect(lines[1].data[0]).toEqual(lines[0].data.at(-1))
  })

  it('breaks the line where a cycle is not determinable', () => {
    const assessment = sampleAssessment()
    const trajectory = assessment.trajectory.map((point, i) =>
      i === 20 ? { ...point, evidence: 'not-determinable' as const } : point,
    )
    const series = seriesOf({
      series: [{ label: 'a', assessment: { ...assessment, trajectory } }],
      threshold: 0.8,
    })
    const lengths = series.filter((one) => one.name === 'Estimated').map((one) => one.data.length)
    expect(lengths).toEqual([20, 29])
  })

  it('fills the interval at 18 %, and draws none where the model brings none', () => {
    const band = seriesOf(chartOf(1)).find((one) => one.type === 'custom')
    const polygon = band?.renderItem?.({}, { coord: (at) => at })
    expect(polygon?.style).toEqual({ fill: lightTheme.series[0], opacity: 0.18 })
    const { trajectory } = sampleAssessment({ seed: 1 })
    expect(polygon?.shape.points).toHaveLength(2 * trajectory.length)
    expect(polygon?.shape.points[0]).toEqual([0, trajectory[0].high_Ah])
    const assessment = sampleAssessment({ hasInterval: false })
    const series = seriesOf({ series: [{ label: 'a', assessment }], threshold: 0.8 })
    expect(series.some((one) => one.type === 'custom')).toBe(false)
  })

  it('shows measured capacities as points before cycle 0', () => {
    const measured = measuredPoints(
      [
        { row: 3, dischargeCapacity_Ah: 3.1 },
        { row: 4, dischargeCapacity_Ah: null },
      ],
      5,
    )
    expect(measured).toEqual([{ cycle: -2, capacity_Ah: 3.1 }])
    const series = seriesOf({
      series: [{ label: 'a', assessment: sampleAssessment(), measured }],
      threshold: 0.8,
    })
    expect(series.find((one) => one.type === 'scatter')?.data).toEqual([[-2, 3.1]])
  })

  it('leaves 5 % room around data and threshold and does not start at 0', () => {
    const axis = trajectoryOption(chartOf(1), lightTheme).yAxis as { min: number; max: number }
    const points = sampleAssessment().trajectory
    const low = Math.min(...points.map((point) => point.low_Ah!))
    const high = Math.max(...points.map((point) => point.high_Ah!))
    expect(axis.min).toBeCloseTo(low - 0.05 * (high - low), 9)
    expect(axis.max).toBeCloseTo(high + 0.05 * (high - low), 9)
  })

  it('labels the threshold with its capacity', () => {
    expect(JSON.stringify(seriesOf(chartOf(1)))).toContain('80 % of 3.5 Ah = 2.8 Ah')
  })

  it.each([2, 4, 12])('tells %i series apart by colour and shape', (count) => {
    const lines = seriesOf(chartOf(count)).filter((one) => one.name.startsWith('Cell') && one.type === 'line')
    const looks = lines.map((line) => `${line.lineStyle?.color} ${(line as { symbol?: string }).symbol}`)
    expect(new Set(looks).size).toBe(count)
  })

  it.each([
    // Capacity at the start and at the end, relative to the threshold's 2.8 Ah.
    { course: 'far above', from: 3.4, to: 3.2, place: 'insideStartTop' },
    { course: 'close above at the start', from: 2.86, to: 3.4, place: 'insideEndTop' },
    { course: 'across from close above to close below', from: 2.86, to: 2.78, place: 'insideStartBottom' },
    { course: 'across from close below to close above', from: 2.78, to: 2.86, place: 'insideEndBottom' },
  ])('puts the words of the threshold where they cover no curve: $course', ({ from, to, place }) => {
    const sample = sampleAssessment()
    const last = sample.trajectory.length - 1
    const trajectory = sample.trajectory.map((point, i) => {
      const capacity_Ah = from + ((to - from) * i) / last
      return { ...point, capacity_Ah, low_Ah: capacity_Ah - 0.25, high_Ah: capacity_Ah + 0.25 }
    })
    const assessment = { ...sample, nominalCapacity_Ah: 3.5, trajectory }
    const [threshold] = seriesOf({ series: [{ label: 'a', assessment }], threshold: 0.8 }).filter(
      ({ name }) => name === 'Threshold',
    ) as unknown as { markLine: { data: { label: { position: string } }[] } }[]
    expect(threshold.markLine.data[0].label.position).toBe(place)
  })

  it('turns more than twelve pale but for the selected one', () => {
    const lines = seriesOf(chartOf(50, 7)).filter((one) => one.type === 'line' && one.name.startsWith('Cell'))
    const coloured = lines.filter((line) => line.lineStyle?.color !== lightTheme.pale)
    expect(lines).toHaveLength(50)
    expect(coloured.map((line) => line.name)).toEqual(['Cell 8'])
  })

  it('gives the tooltip its unit', () => {
    const { tooltip } = trajectoryOption(chartOf(1), lightTheme)
    const { valueFormatter } = tooltip as { valueFormatter: (value: unknown) => string }
    expect([2.91234, null].map(valueFormatter)).toEqual(['2.912 Ah', '–'])
  })

  it('keeps tooltips free of HTML and paper free of interaction', () => {
    for (const theme of [lightTheme, darkTheme]) {
      expect(trajectoryOption(chartOf(1), theme).tooltip).toMatchObject({ renderMode: 'richText' })
    }
    const paper = trajectoryOption(chartOf(1), paperTheme)
    expect(paper).toMatchObject({ animation: false, aria: { enabled: false } })
    expect(Object.keys(paper)).not.toEqual(expect.arrayContaining(['tooltip']))
    expect(Object.keys(paper)).not.toEqual(expect.arrayContaining(['dataZoom']))
  })
})

describe('describeTrajectory', () => {
  it('says capacity, interval and threshold of one', () => {
    const assessment = sampleAssessment({ extrapolatedFrom: 30 })
    const text = describeTrajectory({ series: [{ label: 'a', assessment }], threshold: 0.8 })
    expect(text).toMatch(/^Capacity falls from 2\.\d{3} Ah \(2\.\d{3}–2\.\d{3} Ah\) to 2\.\d{3} Ah/)
    expect(text).toContain(`reaches 80 % of 3.5 Ah after ${assessment.endOfLife.p50} cycles`)
    expect(text).toContain('From cycle 30 on it is extrapolated')
  })

  it('begins with SIMULATED where it is', () => {
    const assessment = sampleAssessment({ isSimulated: true })
    expect(describeTrajectory({ series: [{ label: 'a', assessment }], threshold: 0.8 })).toMatch(/^SIMULATED/)
    expect(describeTrajectory({ series: Array(2).fill({ label: 'a', assessment }), threshold: 0.8 })).toMatch(
      /^SIMULATED/,
    )
  })

  it('names best and least of several', () => {
    expect(describeTrajectory(chartOf(3))).toMatch(
      /^3 trajectories: Cell \d keeps most, .* Ah after 49 cycles/,
    )
  })
})

describe('trajectoryTable', () => {
  it('holds every point once, full precision, with its evidence', () => {
    const { columns, rows } = trajectoryTable(chartOf(2))
    expect(rows).toHaveLength(100)
    expect(rows.every((row) => row.length === columns.length)).toBe(true)
    expect(rows[0][2]).toBe(sampleAssessment().trajectory[0].capacity_Ah)
  })
})
