import type { Scenario, ScenarioBlock } from './scenario.ts'

/** A year or more of a common second use, in blocks that are meant to be edited. */
export interface ScenarioPreset {
  /** Names it on the command line. */
  readonly id: string
  readonly scenario: Scenario
  /** Cycles that this use takes a year. */
  readonly cyclesPerYear: number
  /** Why these cycles and rates, and what they leave out. */
  readonly basis: string
}

/**
 * Rates follow from hours: capacity passed in h hours is 1/h C. They are round values of common duty, not a standard's
 * profile, and full cycles: a use of half depth counts half.
 */
export const scenarioPresets: readonly ScenarioPreset[] = [
  {
    id: 'solar-storage',
    cyclesPerYear: 364,
    basis:
      'One cycle a day for a year, by season from winter on: charged in the four sunny hours (0.25\u00A0C), discharged over the evening in four (0.25\u00A0C), in an unheated room of 10, 20, 30 and 20\u00A0°C.',
    scenario: {
      name: 'Solar storage, one year',
      blocks: [10, 20, 30, 20].map((temperature) => block(91, [0.25, 0.25, temperature])),
    },
  },
  {
    id: 'peak-shaving',
    cyclesPerYear: 250,
    basis:
      'One cycle a working day, 250 a year: charged by night in four hours (0.25\u00A0C), discharged into the peak within one (1\u00A0C), in an air-conditioned room of 25\u00A0°C; the summer half-year 5\u00A0°C warmer.',
    scenario: {
      name: 'Peak shaving, one year',
      blocks: [block(125, [0.25, 1, 25]), block(125, [0.25, 1, 30])],
    },
  },
  {
    id: 'forklift',
    cyclesPerYear: 500,
    basis:
      'Two shifts on 250 working days, a cycle each: charged in the two hours between them (0.5\u00A0C), discharged over four hours of driving and lifting (0.25\u00A0C on average), in a hall of 20\u00A0°C, in summer 28\u00A0°C.',
    scenario: {
      name: 'Forklift in two shifts, one year',
      blocks: [block(250, [0.5, 0.25, 20]), block(250, [0.5, 0.25, 28])],
    },
  },
  {
    id: 'reserve-power',
    cyclesPerYear: 12,
    basis:
      'A monthly test for five years: discharged within one hour (1\u00A0C), charged again in ten (0.1\u00A0C), at 25\u00A0°C. Ageing while it stands charged is no cycle and is not in the forecast.',
    scenario: { name: 'Reserve power, five years', blocks: [block(60, [0.1, 1, 25])] },
  },
]

function block(
  cycles: number,
  [charge_rate, discharge_rate, temperature_degC]: readonly [number, number, number],
): ScenarioBlock {
  return { cycles, charge_rate, discharge_rate, temperature_degC }
}
