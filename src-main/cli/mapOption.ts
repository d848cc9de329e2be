import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { Arguments, OptionSpecs } from './options.ts'

/** How a table is to be read. */
export const mapOption: OptionSpecs = {
  map: {
    type: 'text',
    value: 'FILE',
    help: 'JSON of columns, units, signs and writing; what it leaves out is found in each file',
  },
}

/** The mapping that --map names, checked; throws `mapping-invalid` with the field that does not fit. */
export async function statedMapping(given: Arguments): Promise<{ mapping?: TableMapping }> {
  const file = given.text('map')
  if (file === undefined) return {}
  return { mapping: await (await import('../services/importing/mappingFile.ts')).readMappingFile(file) }
}
