import type { FilePayload } from '../../../src-shared/contract/requests.ts'
import type { Scenario, ScenarioBlock } from '../../../src-shared/forecast/scenario.ts'
import { base64Of } from '../../host/base64.ts'
import { isWithin, limits, longestName } from '../limits.ts'
import { textProblem } from '../textProblem.ts'

/** The scenario file: the very shape of the command line's. */
export function scenarioFile(scenario: Scenario): FilePayload {
  return {
    fileName: `${scenario.name.replaceAll(/[\\/:*?"<>|]/g, '_')}.json`,
    mediaType: 'application/json',
    base64: base64Of(`${JSON.stringify(scenario, null, 2)}\n`),
  }
}

/** A name, and every value within its limits. */
export function isComplete({ name, blocks }: Scenario): boolean {
  const isNamed = name.trim() !== '' && textProblem(name, longestName) === null
  return isNamed && blocks.length > 0 && blocks.every(isPossible)
}

function isPossible({ cycles, charge_rate, discharge_rate, temperature_degC }: ScenarioBlock): boolean {
  return (
    isWithin(cycles, limits.cycles) &&
    isWithin(charge_rate, limits.rate) &&
    isWithin(discharge_rate, limits.rate) &&
    isWithin(temperature_degC, limits.temperature_degC)
  )
}
