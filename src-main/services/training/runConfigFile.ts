import { dirname, resolve } from 'node:path'
import type { RunConfig } from '../../training/presets/runConfig.ts'
import { readJsonFile } from '../jsonFile.ts'
import type { Parts } from '../parts.ts'

export type { RunConfig } from '../../training/presets/runConfig.ts'

/**
 * Reads a run's configuration; its data folder is relative to the file.
 *
 * Throws a refused Failure `not-found`, `not-json` or `config-invalid` that names the field.
 */
export async function readRunConfigFile(parts: Parts, path: string): Promise<RunConfig> {
  const { parseRunConfig } = await parts.runConfigs()
  const config = parseRunConfig(await readJsonFile(path, { what: 'configuration', verb: 'is' }), path)
  return { ...config, data: resolve(dirname(path), config.data) }
}
