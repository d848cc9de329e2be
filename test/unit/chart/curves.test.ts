import { describe, expect, it } from 'vitest'
import {
  chargeCurveOption,
  curveTable,
  describeChargeCurve,
  describeIncrementalCapacity,
  incrementalCapacityOption,
} from '../../../src-shared/chart/curves.ts'
import {
  describeRelaxation,
  relaxationOption,
  relaxationTable,
} from '../../../src-shared/chart/relaxation.ts'
import { lightTheme } from '../../../src-shared/chart/theme.ts'
import { sampleCycle } from '../../fixtures/report.ts'

type Points = [number, number][]

function lineOf(option: { series?: unknown }): Points {
  return (option.series as { data: Points }[])[0].data
}

const curve = sampleCycle().chargeCurve!
const relaxation = sampleCycle().relaxation!

describe('charge curve', () => {
  it('stands over its voltage window', () => {
    const points = lineOf(chargeCurveOption({ used: curve }, lightTheme))
    expect(points).toHaveLength(50)
    expect([points[0][0], points.at(-1)![0]]).toEqual([3.6, 4.15])
  })

  it('is drawn strong over pale context', () => {
    const option = chargeCurveOption({ used: curve, context: [curve, curve] }, lightTheme)
    const colours = (option.series as { lineStyle: { color: string } }[]).map((line) => line.lineStyle.color)
    expect(colours).toEqual([lightTheme.pale, lightTheme.pale, lightTheme.series[0]])
  })

  it('falls back to samples where the window is unknown', () => {
    const unknown = { ...curve, from_V: null, to_V: null }
    const option = chargeCurveOption({ used: unknown }, lightTheme)
    expect(option.xAxis).toMatchObject({ name: 'Sample' })
    expect(lineOf(option)[0][0]).toBe(1)
    expect(curveTable(unknown).columns[0]).toEqual({ name: 'Sample', unit: null })
  })

  it('says what was charged', () => {
    expect(describeChargeCurve({ used: curve })).toMatch(/^\d\.\d{3} Ah charged over 3\.6–4\.15 V/)
  })
})

describe('dQ/dV', () => {
  it('encloses the charge passed', () => {
    const points = lineOf(incrementalCapacityOption({ used: curve }, lightTheme))
    const step = 0.55 / 49
    const area = points.reduce((sum, [, slope]) => sum + slope * step, 0)
    expect(area).toBeCloseTo(curve.charge_Ah.at(-1)!, 4)
  })

  it('has its highest peak at the first plateau of the sample', () => {
    expect(describeIncrementalCapacity({ used: curve })).toMatch(/^Highest dQ\/dV \d\.\d+ Ah\/V at 3\.7\d* V/)
  })
})

describe('relaxation', () => {
  it('runs in minutes, or in samples where the time is unknown', () => {
    expect(lineOf(relaxationOption(relaxation, lightTheme)).at(-1)![0]).toBe(26)
    const timeless = relaxationOption({ ...relaxation, time_s: null }, lightTheme)
    expect(timeless.xAxis).toMatchObject({ name: 'Sample' })
    expect(lineOf(timeless).at(-1)![0]).toBe(14)
  })

  it('says voltages, length and samples', () => {
    expect(describeRelaxation(relaxation)).toBe('4.187 V to 4.147 V in 26 min, 14 samples.')
    expect(relaxationTable(relaxation).rows).toHaveLength(14)
  })
})
