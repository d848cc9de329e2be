import type { Celsius, CRate } from '../units/quantities.ts'

/** A stretch of equal cycles. */
export interface ScenarioBlock {
  readonly cycles: number
  readonly charge_rate: CRate
  readonly discharge_rate: CRate
  readonly temperature_degC: Celsius
}

/** The use a cell will see next; the last block is held beyond its end. The same shape is the scenario file. */
export interface Scenario {
  readonly name: string
  readonly blocks: readonly ScenarioBlock[]
}

export interface PlannedCycle {
  readonly chargeRate: CRate
  readonly dischargeRate: CRate
  readonly temperature: Celsius
}

/** One planned use per future cycle, `horizon` of them. */
export function plannedCycles(scenario: Scenario, horizon: number): PlannedCycle[] {
  const plan: PlannedCycle[] = []
  for (const block of scenario.blocks) {
    const use = plannedCycle(block)
    for (let i = 0; i < block.cycles && plan.length < horizon; i++) plan.push(use)
  }
  const last = scenario.blocks.at(-1)
  if (last === undefined) return plan
  const held = plannedCycle(last)
  while (plan.length < horizon) plan.push(held)
  return plan
}

/** The use of each cycle of a block. */
export function plannedCycle(block: ScenarioBlock): PlannedCycle {
  return {
    chargeRate: block.charge_rate,
    dischargeRate: block.discharge_rate,
    temperature: block.temperature_degC,
  }
}
