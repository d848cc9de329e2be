import { describe, expect, it } from 'vitest'
import { chargeCurveOption, incrementalCapacityOption } from '../../../src-shared/chart/curves.ts'
import { relaxationOption } from '../../../src-shared/chart/relaxation.ts'
import { paperTheme } from '../../../src-shared/chart/theme.ts'
import { trajectoryOption } from '../../../src-shared/chart/trajectory.ts'
import { drawChart } from '../../../src-main/report/drawChart.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'
import { sampleCycle } from '../../fixtures/report.ts'

const size = { width: 523, height: 220 }
const used = sampleCycle().chargeCurve!

describe('options drawn without a window', () => {
  it.each([
    [
      'trajectory',
      trajectoryOption(
        { series: [{ label: 'a', assessment: sampleAssessment() }], threshold: 0.8 },
        paperTheme,
      ),
      ['Capacity (Ah)', 'Cycles ahead', '80 % of 3.5 Ah = 2.8 Ah', '90 % interval'],
    ],
    ['charge curve', chargeCurveOption({ used }, paperTheme), ['Charge (Ah)', 'Cell voltage (V)']],
    ['dQ/dV', incrementalCapacityOption({ used }, paperTheme), ['dQ/dV (Ah/V)', 'Cell voltage (V)']],
    [
      'relaxation',
      relaxationOption(sampleCycle().relaxation!, paperTheme),
      ['Cell voltage (V)', 'Rest time (min)'],
    ],
  ] as const)('%s names its axes with units', async (_, option, words) => {
    const svg = await drawChart(option, size)
    for (const word of words) expect(svg).toContain(`>${word}<`)
    expect(svg).not.toMatch(/NaN|<style/)
  })

  it('writes no axis number with more than four significant digits', async () => {
    const chart = { series: [{ label: 'a', assessment: sampleAssessment() }], threshold: 0.8 }
    const svg = await drawChart(trajectoryOption(chart, paperTheme), size)
    const numbers = [...svg.matchAll(/>(−?[\d.]+)</g)].map((match) => match[1])
    expect(numbers.length).toBeGreaterThan(5)
    for (const number of numbers) expect(number.replace(/\D/g, '').length).toBeLessThanOrEqual(4)
  })
})
