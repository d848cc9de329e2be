import type { FilePayload } from '../../../src-shared/contract/requests.ts'
import type { Scenario, ScenarioBlock } from '../../../src-shared/forecast/scenario.ts'
import { base64Of } from '../../host/base64.ts'
import { isWithin, limits } from '../limits.ts'

/** The scenario file: the very shape of the command line's. */
export function scenarioFile(scenario: Scenario): FilePayload {
  return {
    fileName: `${scenario.name.replaceAll(/[\\/:*?"<>|]/g, '_')}.json`,
    mediaType: 'application/json',
    base64: base64Of(`${JSON.stringify(scenario, null, 2)}\n`),
  }
}

/** Null where the text is not a scenario; the application checks the values again when it is saved. */
export function parseScenario(text: string): Scenario | null {
  try {
    const value: unknown = JSON.parse(text)
    return isScenario(value) ? { name: value.name, blocks: value.blocks } : null
  } catch {
    return null
  }
}

/** A name, and every value within its limits. */
export function isComplete({ name, blocks }: Scenario): boolean {
  return name.trim() !== '' && blocks.length > 0 && blocks.every(isPossible)
}

function isPossible({ cycles, charge_rate, discharge_rate, temperature_degC }: ScenarioBlock): boolean {
  return (
    isWithin(cycles, limits.cycles) &&
    isWithin(charge_rate, limits.rate) &&
    isWithin(discharge_rate, limits.rate) &&
    isWithin(temperature_degC, limits.temperature_degC)
  )
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('blocks' in value)) return false
  return typeof value.name === 'string' && Array.isArray(value.blocks) && value.blocks.every(isBlock)
}

function isBlock(value: unknown): value is ScenarioBlock {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Record<string, unknown>
  return ['cycles', 'charge_rate', 'discharge_rate', 'temperature_degC'].every(
    (name) => typeof fields[name] === 'number' && Number.isFinite(fields[name]),
  )
}
