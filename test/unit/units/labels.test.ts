import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCapacity,
  formatCapacityInterval,
  formatCycles,
  formatCyclesAhead,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  formatRate,
  formatRating,
  formatTemperature,
  formatThreshold,
  formatVoltageWindow,
} from '../../../src-shared/units/labels.ts'

describe('labels', () => {
  it.each([
    [formatCapacity(3.0123), '3.012 Ah'],
    [formatCapacity(2.9), '2.900 Ah'],
    [formatRating(3.5), '3.5 Ah'],
    [formatPercent(0.8344), '83.4 %'],
    [formatThreshold(0.8), '80 %'],
    [formatThreshold(0.7), '70 %'],
    [formatRate(0.5), '0.5 C'],
    [formatTemperature(25), '25 °C'],
    [formatTemperature(-10), '−10 °C'],
    [formatCapacityInterval(2.8741, 2.9614), '2.874–2.961 Ah'],
    [formatPercentInterval(0.8213, 0.8461), '82.1–84.6 %'],
    [formatPercentInterval(-0.01, 0.02), '−1.0 to 2.0 %'],
    [formatVoltageWindow(3.6, 4.15), '3.6–4.15 V'],
    [formatCycles(1), '1 cycle'],
    [formatCycles(96), '96 cycles'],
    [formatCycles(10412), '10412 cycles'],
    [formatCyclesAhead(null), 'not within the horizon'],
    [formatBytes(4_812_345), '4.8 MB'],
    [formatBytes(0), '0 B'],
  ])('%s', (label, expected) => expect(label).toBe(expected))

  it('keeps at most four significant digits', () => {
    for (const value of [Math.PI, 1 / 3, 123.456789, 0.00123456, 9999.4]) {
      expect(formatNumber(value).replace(/^0\.0*|\./g, '').length).toBeLessThanOrEqual(4)
    }
  })

  it('never shows a zero with a sign', () => expect(formatNumber(-0)).toBe('0'))

  it('says unknown for what is no number', () => {
    expect([formatCapacity(null), formatPercent(NaN), formatNumber(Infinity)]).toEqual(
      Array(3).fill('unknown'),
    )
  })
})
