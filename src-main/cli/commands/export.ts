import { extname, resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { libraryResults, resultsFile, type ResultsFormat } from '../../services/exporting/results.ts'
import { writeFileAtomically } from '../../services/exporting/writeFileAtomically.ts'
import type { Command } from '../command.ts'

const formats: readonly ResultsFormat[] = ['json', 'csv', 'parquet']

export const exportCommand: Command = {
  name: 'export',
  summary: 'writes conditions and grades for other programs',
  usage: '[ID…] [--out FILE.json or FILE.csv or FILE.parquet]',
  details: [
    'The condition fields have the names of the Battery Pass data model and of EU 2023/1542, Annex VII, each with value, unit, uncertainty, method and date.',
    'JSON follows assets/schemas/pimoe-results-1.schema.json; without --out it is printed. Without an ID: the whole library.',
  ],
  positionals: { least: 0, most: Infinity, what: 'cells of the library' },
  options: { out: { type: 'text', value: 'FILE', help: 'the file to write; its ending says the format' } },
  run: async ({ arguments: given, parts, output, signal }) => {
    const out = given.text('out')
    const format = out === undefined ? 'json' : formatOf(out)
    const cells = given.positionals.length === 0 ? undefined : given.positionals
    const results = await libraryResults(parts, { cells, signal })
    if (out === undefined) {
      output.answer(results, () => JSON.stringify(results, null, 2))
      return 0
    }
    const file = resolve(out)
    const bytes = await resultsFile(results, format)
    await writeFileAtomically(file, bytes)
    const told = {
      schema: 'pimoe-export/1',
      file,
      format,
      batteries: results.batteries.length,
      bytes: bytes.length,
    }
    output.answer(
      told,
      () => `${told.batteries === 1 ? '1 battery' : `${told.batteries} batteries`} in ${file}`,
    )
    return 0
  },
}

function formatOf(file: string): ResultsFormat {
  const found = formats.find((format) => extname(file).toLowerCase() === `.${format}`)
  if (found !== undefined) return found
  throw new Failure('usage', 'unknown-format', 'The ending of the file says no known format.', {
    advice: `Name a file that ends in ${formats.map((format) => `.${format}`).join(', ')}.`,
    file,
  })
}
