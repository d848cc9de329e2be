import type { LibraryCheck } from '../../../src-shared/contract/keeping.ts'
import type { Command } from '../command.ts'
import { findingText, table } from '../table.ts'

export const backupCommand: Command = {
  name: 'backup',
  summary: 'writes the whole library into one file, while it is in use',
  usage: 'FILE or FOLDER',
  details: [
    'FILE ends in .sqlite and is not there yet; in a FOLDER the backup gets a name with the time. It carries everything',
    'of the library, files in quarantine, models and the signing key included: keep it as safe as the library itself.',
    'A backup inside the library is refused.',
  ],
  positionals: { least: 1, most: 1, what: 'the file to write, or a folder for it' },
  options: {},
  run: async ({ arguments: given, application, output, signal }) => {
    const context = { signal, progress: () => undefined }
    const written = await application['library/backup']({ to: given.positionals[0] }, context)
    const { file, bytes, cells, files } = written
    output.answer(
      written,
      () => `${counted(cells, 'cell')}, ${counted(files, 'file')}, ${megabytes(bytes)} in ${file}`,
    )
    return 0
  },
}

export const restoreCommand: Command = {
  name: 'restore',
  summary: "puts a backup in the library's place and keeps the present one aside",
  usage: 'FILE',
  details: [
    'The backup is checked before anything is changed. The library as it was is kept as a backup in its folder `backups`.',
  ],
  positionals: { least: 1, most: 1, what: 'the file that `backup` wrote' },
  options: {},
  run: async ({ arguments: given, application, output, signal }) => {
    const context = { signal, progress: () => undefined }
    const restored = await application['library/restore']({ file: given.positionals[0] }, context)
    const { library, aside, cells } = restored
    output.answer(restored, () =>
      [
        `${counted(cells, 'cell')} in ${library}`,
        ...(aside === null ? [] : [`The library as it was: ${aside}`]),
      ].join('\n'),
    )
    return 0
  },
}

export const checkCommand: Command = {
  name: 'check',
  summary: 'checks every page, reference, log entry, quarantined file and model of the library',
  usage: '',
  details: [
    'Exit code 3 where anything is wrong. A library in a synchronised or network folder is pointed out.',
  ],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {},
  run: async ({ application, output, signal }) => {
    const told = await application['library/check']({}, { signal, progress: () => undefined })
    output.answer(told, () => checkText(told))
    return told.isSound ? 0 : 3
  },
}

function checkText({ library, checks, place }: LibraryCheck): string {
  const rows = checks.map(({ name, examined, problems }) => [
    name,
    examined,
    problems.length === 0 ? 'sound' : counted(problems.length, 'problem'),
  ])
  return [
    library,
    table(['check', 'examined', ''], rows),
    ...checks.flatMap(({ name, problems }) => problems.map((problem) => `  - ${name}: ${problem}`)),
    ...place.map(findingText),
  ].join('\n')
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}
