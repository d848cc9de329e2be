import { describe, expect, it } from 'vitest'
import { describeGate, gateOption, gateTable } from '../../../src-shared/chart/gate.ts'
import { describeLoss, lossOption, lossTable } from '../../../src-shared/chart/loss.ts'
import { describeRecord, recordOption, recordTable } from '../../../src-shared/chart/record.ts'
import {
  describeGateWeights,
  describeRunGates,
  describeRunLosses,
  gateWeightsOption,
  gateWeightsTable,
  runEntropyOption,
  runGateTable,
  runGateWeightsOption,
  runLossOption,
  runLossTable,
} from '../../../src-shared/chart/runs.ts'
import { planReading } from '../../../src-shared/chart/plan.ts'
import { describeScenario, scenarioOption, scenarioTable } from '../../../src-shared/chart/scenario.ts'
import { darkTheme, lightTheme, paperTheme } from '../../../src-shared/chart/theme.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'
import { sampleManifest } from '../../fixtures/report.ts'

const history = Array.from({ length: 5 }, (_, i) => ({
  epoch: i + 1,
  trainLoss: 1 / (i + 1),
  validationLoss: i === 3 ? 0.1 : 0.5,
}))
const record = { time_s: [0, 60, 120], voltage_V: [3.6, 3.8, 4.2], current_A: [1.75, 1.75, -3.5] }

describe('gate', () => {
  const { gate } = sampleAssessment()

  it('numbers the experts and names no mode while stability is not measured', () => {
    expect(gateOption(gate, lightTheme).yAxis).toMatchObject({
      data: ['Expert 1', 'Expert 2', 'Expert 3', 'Expert 4', 'Expert 5'],
    })
    expect(describeGate(gate)).toBe(
      'Expert 1 weighs most, 0.310 of 1. Degradation modes are not named: stability not measured.',
    )
    expect(gateTable(gate).rows[0]).toEqual(['Expert 1', 0.31, 0.42])
  })
})

describe('loss', () => {
  it('is logarithmic, training solid and validation dashed', () => {
    const option = lossOption(history, lightTheme)
    expect(option.yAxis).toMatchObject({ type: 'log' })
    expect((option.series as { lineStyle: { type: unknown } }[]).map((line) => line.lineStyle.type)).toEqual([
      'solid',
      [6, 3],
    ])
    expect(describeLoss(history)).toContain('best validation 0.1000 in epoch 4')
    expect(lossTable(history).rows).toHaveLength(5)
  })

  it('works before the first epoch', () => {
    expect(describeLoss([])).toBe('No epoch has ended yet.')
    expect(lossOption([], lightTheme).series).toHaveLength(2)
  })
})

describe('runs', () => {
  const curves = history.map((one) => ({ ...one, gateEntropy: 0.69, gateWeights: [0.55, 0.45] }))
  const runs = [
    { label: 'a', history: curves },
    { label: 'b', history: curves.slice(0, 2) },
  ]

  it('draws the gate weight of each expert, and says which weighs most', () => {
    const { series } = gateWeightsOption(curves, darkTheme) as { series: { name: string; data: unknown[] }[] }
    expect(series.map(({ name, data }) => [name, data.length])).toEqual([
      ['Expert 1', 5],
      ['Expert 2', 5],
    ])
    expect(describeGateWeights(curves)).toBe(
      'Epoch 5: mean gate entropy 0.6900 nats of at most 0.6931; expert 1 weighs most, 0.550 of 1.',
    )
    expect(describeGateWeights([])).toBe('No epoch has ended yet.')
    expect(gateWeightsTable(curves).rows[0]).toEqual([1, 0.69, 0.55, 0.45])
  })

  it('lays runs over each other, a colour a run', () => {
    const { series } = runLossOption(runs, lightTheme) as {
      series: { name: string; itemStyle: { color: string } }[]
    }
    expect(series.map(({ name }) => name)).toEqual(['a', 'a, training', 'b', 'b, training'])
    expect(series[0].itemStyle).toEqual(series[1].itemStyle)
    expect(runEntropyOption(runs, lightTheme).series).toHaveLength(2)
    expect(runGateWeightsOption(runs, lightTheme).series).toHaveLength(4)
    expect(describeRunLosses(runs)).toContain('a: 0.1000 in epoch 4; b: 0.5000 in epoch 1')
    expect(describeRunGates(runs)).toContain('b 0.69 nats')
    expect(runLossTable(runs).rows).toHaveLength(7)
    expect(runGateTable(runs).columns.map(({ name }) => name)).toEqual([
      'Run',
      'Epoch',
      'Gate entropy',
      'Expert 1',
      'Expert 2',
    ])
  })

  it('works before the first epoch', () => {
    expect(runLossOption([{ label: 'a', history: [] }], lightTheme).series).toHaveLength(2)
    expect(describeRunGates([{ label: 'a', history: [] }])).toBe('No epoch has ended yet.')
  })
})

describe('record', () => {
  it('shows voltage and current over one time axis', () => {
    const option = recordOption(record, lightTheme)
    expect((option.yAxis as { name: string }[]).map((axis) => axis.name)).toEqual([
      'Cell voltage (V)',
      'Current (A)',
    ])
    expect(describeRecord(record)).toBe(
      'Voltage 3.6 to 4.2 V and current −3.5 to 1.75 A over 2 min; charge is positive.',
    )
    expect(recordTable(record).rows).toEqual([
      [0, 3.6, 1.75],
      [60, 3.8, 1.75],
      [120, 4.2, -3.5],
    ])
  })

  it('draws the temperature where it is known, and shades what was used', () => {
    const whole = { ...record, temperature_degC: [25, null, 31], used_s: { from: 60, to: 120 }, rows: 9000 }
    const option = recordOption(whole, lightTheme)
    expect(option.series).toHaveLength(3)
    expect(option.grid).toHaveLength(3)
    expect(JSON.stringify(option.series)).toContain('"markArea"')
    expect(describeRecord(whole)).toMatch(/temperature 25 to 31 °C .* Of 9000 rows the peaks/)
    expect(describeRecord({ ...record, temperature_degC: null })).toMatch(/The file tells no temperature\.$/)
    expect(recordTable(whole).columns.at(-1)).toEqual({ name: 'Temperature', unit: '°C' })
    expect(recordTable(whole).rows[1]).toEqual([60, 3.8, 1.75, null])
  })
})

describe('scenario', () => {
  const { scenario } = sampleAssessment()
  const manifest = sampleManifest()

  it('shades what was trained of each quantity, and nothing between', () => {
    const { trained } = planReading({ scenario, span: 90, manifest, assessment: null, refusal: null })
    const option = scenarioOption({ scenario, horizon: 90, trained }, lightTheme)
    const series = option.series as { markArea?: { data: unknown[] } }[]
    expect(series.map((one) => one.markArea?.data.length)).toEqual(
      [trained.charge_rate, trained.discharge_rate, trained.temperature_degC].map((spans) => spans.length),
    )
  })

  it('holds the last block to the horizon', () => {
    const { rows } = scenarioTable({ scenario, horizon: 90 })
    expect(rows).toHaveLength(90)
    expect(rows[29]).toEqual([29, 0.5, 1, 25])
    expect(rows[30]).toEqual([30, 0.25, 0.5, 35])
    expect(rows[89]).toEqual([89, 0.25, 0.5, 35])
  })

  it('reads as a sentence', () => {
    expect(describeScenario(scenario)).toBe(
      '30 cycles at 0.5 C charge, 1 C discharge, 25 °C; then 40 cycles at 0.25 C charge, 0.5 C discharge, 35 °C; ' +
        'the last block is held.',
    )
  })
})

/** Relative luminance contrast of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
  const [r, g, b] = channels.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe('themes', () => {
  it.each([
    ['light', lightTheme],
    ['dark', darkTheme],
    ['paper', paperTheme],
  ])('%s: words are readable', (_, theme) => {
    for (const colour of [theme.text, theme.muted, theme.warning]) {
      expect(contrast(colour, theme.background)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('lifts every series on dark to 4.5:1', () => {
    for (const colour of darkTheme.series) {
      expect(contrast(colour, darkTheme.background)).toBeGreaterThanOrEqual(4.5)
    }
  })
})
