import { basename, extname } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { readJsonFile } from '../jsonFile.ts'
import { scenarioSchema } from '../requestSchemas.ts'

/**
 * Reads `{name, blocks:[{cycles, charge_rate, discharge_rate, temperature_degC}]}`; without a name the file's own is taken.
 *
 * Throws a refused Failure `not-found`, `not-json` or `not-a-scenario` that names the field.
 */
export async function readScenarioFile(path: string): Promise<Scenario> {
  const value = await readJsonFile(path, { what: 'scenario', verb: 'is' })
  const named =
    typeof value === 'object' && value !== null ? { name: basename(path, extname(path)), ...value } : value
  const parsed = scenarioSchema.safeParse(named)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues.at(0)
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  throw new Failure('refused', 'not-a-scenario', `The scenario does not fit: ${issue?.message ?? ''}.`, {
    advice:
      'Write {name, blocks:[{cycles, charge_rate, discharge_rate, temperature_degC}]}; rates in C, above 0.',
    file: path,
    column: [...(issue?.path ?? []), ...unknown].join('.'),
  })
}
