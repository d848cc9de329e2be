import type { ImportedFile } from '../../../src-shared/contract/requests.ts'
import { acceptedRepairs, acceptOptions } from '../acceptOptions.ts'
import type { Command } from '../command.ts'
import type { Arguments, OptionSpecs } from '../options.ts'
import { mapOption, statedMapping } from '../mapOption.ts'
import { statedDescription, statedOptions } from '../questionOptions.ts'
import { findingText, table } from '../table.ts'

const laterOptions: OptionSpecs = {
  cell: { type: 'text', value: 'ID', help: 'the cell that the files are later measurements of' },
  'cycles-since': {
    type: 'integer',
    value: 'N',
    range: { least: 1, most: 100_000 },
    help: "cycles from its last recorded one to the file's first (default: as the cycle numbers say)",
  },
}

export const importCommand: Command = {
  name: 'import',
  summary: 'reads measurement files into the battery library',
  usage: '(FILE or FOLDER)…',
  details: [
    'Each file is imported as a whole or not at all; the same file twice is recognised.',
    'A file that is in the library keeps its first reading, unless --again puts the new one in its place.',
    'With `--cell` the files are later measurements of a cell that is there already; its forecasts are scored against them.',
    'A file in doubt waits in quarantine, with what would mend it; see `pimoe quarantine --help`.',
    'Exit code 3 if any file was not imported; the answer says why.',
  ],
  positionals: { least: 1, most: Infinity, what: 'files or folders' },
  options: {
    ...statedOptions,
    ...mapOption,
    ...acceptOptions,
    ...laterOptions,
    again: { type: 'flag', help: 'read files of the library anew, in place of what was read of them' },
  },
  run: async ({ arguments: given, application, output, signal }) => {
    const input = {
      paths: [...given.positionals],
      ...statedDescription(given),
      ...(await statedMapping(given)),
      accept: acceptedRepairs(given),
      ...laterMeasurement(given),
      ...(given.has('again') ? { again: true } : {}),
    }
    const { files } = await application['files/import'](input, {
      signal,
      progress: ({ done, total, file, fraction }) => {
        if (file !== '' && fraction === undefined) output.note(`${done + 1} of ${total}  ${file}`)
      },
    })
    output.answer({ schema: 'pimoe-import/1', files }, () => importText(files))
    return files.every((file) => file.status === 'imported') ? 0 : 3
  },
}

function laterMeasurement(given: Arguments): { cell?: string; cyclesSince?: number } {
  const [cell, cyclesSince] = [given.text('cell'), given.number('cycles-since')]
  return { ...(cell === undefined ? {} : { cell }), ...(cyclesSince === undefined ? {} : { cyclesSince }) }
}

export function importText(files: readonly ImportedFile[]): string {
  const rows = files.map((file) => [
    file.known && file.status === 'imported' ? 'known' : file.status,
    file.quarantine ?? file.cells.join(' '),
    file.cycles,
    file.format,
    file.path,
  ])
  const [heading = '', ...lines] = table(['status', 'cell', 'cycles', 'format', 'file'], rows).split('\n')
  const told = files.flatMap(({ findings }, i) => [lines[i] ?? '', ...findings.map(findingText)])
  return [heading, ...told].join('\n')
}
