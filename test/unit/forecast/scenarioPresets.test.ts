import { describe, expect, it } from 'vitest'
import { plannedCycles } from '../../../src-shared/forecast/scenario.ts'
import { scenarioPresets } from '../../../src-shared/forecast/scenarioPresets.ts'

describe.each(scenarioPresets)('the preset $id', ({ scenario, cyclesPerYear, basis }) => {
  const cycles = scenario.blocks.reduce((sum, block) => sum + block.cycles, 0)

  it('covers whole years of its use', () => {
    expect(cycles % cyclesPerYear).toBe(0)
  })

  it('asks of no cell what no data sheet allows', () => {
    for (const use of plannedCycles(scenario, cycles)) {
      expect(use.chargeRate).toBeLessThanOrEqual(1)
      expect(use.dischargeRate).toBeLessThanOrEqual(2)
      expect(use.temperature).toBeGreaterThanOrEqual(0)
      expect(use.temperature).toBeLessThanOrEqual(45)
    }
  })

  it('states every rate and temperature that it rests on', () => {
    for (const block of scenario.blocks) {
      expect(basis).toContain(`${block.charge_rate}\u00A0C`)
      expect(basis).toContain(`${block.discharge_rate}\u00A0C`)
    }
    const last = scenario.blocks[scenario.blocks.length - 1]
    expect(basis).toMatch(new RegExp(`${last.temperature_degC}|5\u00A0°C warmer`))
  })
})
