import type { z } from 'zod'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { checkMapping } from '../../readers/checkMapping.ts'
import { readJsonFile } from '../jsonFile.ts'
import { mappingSchema } from './mappingSchema.ts'

/**
 * Reads a mapping of columns, `{columns: {voltage: {column: "U1", unit: "mV"}, …}, decimal, delimiter, …}`; what it leaves
 * out is found in each file. Throws a refused Failure `not-found`, `not-json` or `mapping-invalid` that names the field.
 */
export async function readMappingFile(path: string): Promise<TableMapping> {
  const parsed = mappingSchema.safeParse(await readJsonFile(path, { what: 'mapping', verb: 'is' }))
  if (parsed.success) return checkedMapping(parsed.data, path)
  throw notAMapping(parsed.error, path)
}

function notAMapping({ issues }: z.ZodError, file: string): Failure {
  const issue = issues.at(0)
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...(issue?.path ?? []), ...unknown.slice(0, 1)].join('.')
  return new Failure(
    'refused',
    'mapping-invalid',
    `${field === '' ? 'The mapping' : field}: ${issue?.message ?? ''}.`,
    {
      advice:
        'Write {columns: {time: {column: "Zeit", unit: "h"}, voltage: …, current: …}}; `inspect --json` prints the mapping of any file that is read.',
      file,
      column: field,
    },
  )
}

function checkedMapping(mapping: TableMapping, file: string): TableMapping {
  try {
    checkMapping(mapping)
    return mapping
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.kind, error.code, error.message, { ...error.detail, file })
  }
}
