import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Scenario } from '../../src-shared/forecast/scenario.ts'
import { scenarioSchema } from './requestSchemas.ts'

/**
 * Reads `{name, blocks:[{cycles, charge_rate, discharge_rate, temperature_degC}]}`; without a name the file's own is taken.
 *
 * Throws a refused Failure `not-found`, `not-json` or `not-a-scenario` that names the field.
 */
export async function readScenarioFile(path: string): Promise<Scenario> {
  const value = parseJson(await readText(path), path)
  const named =
    typeof value === 'object' && value !== null ? { name: basename(path, extname(path)), ...value } : value
  const parsed = scenarioSchema.safeParse(named)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues.at(0)
  throw new Failure('refused', 'not-a-scenario', `The scenario does not fit: ${issue?.message ?? ''}.`, {
    advice:
      'Write {name, blocks:[{cycles, charge_rate, discharge_rate, temperature_degC}]}; rates in C, above 0.',
    file: path,
    column: issue?.path.join('.') ?? '',
  })
}

async function readText(path: string): Promise<string> {
  const status = await stat(path).catch(() => null)
  // A device has no end, and no plan is that long.
  if (status?.isFile() !== true || status.size > largestFile_bytes) throw notFound(path)
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw notFound(path)
  }
}

const largestFile_bytes = 16 * 1024 ** 2

function notFound(file: string): Failure {
  return new Failure('refused', 'not-found', 'The scenario file cannot be read.', {
    advice: 'Check the path; it must be an ordinary file.',
    file,
  })
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Failure(
      'refused',
      'not-json',
      `The scenario is no JSON: ${error instanceof Error ? error.message : ''}.`,
      {
        advice: 'Correct the file, or save the scenario from the window.',
        file: path,
      },
    )
  }
}
