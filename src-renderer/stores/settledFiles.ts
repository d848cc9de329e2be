import type { ImportedFile } from '../../src-shared/contract/requests.ts'

interface EndedImport {
  readonly answer: readonly ImportedFile[]
  /** The rows of it that were shown while it ran. */
  readonly early: ReadonlySet<ImportedFile>
}

/** The list after an import: its answer takes the place of its early rows, unless they were decided or taken away since. */
export function settledFiles(
  files: readonly ImportedFile[],
  { answer, early }: EndedImport,
): readonly ImportedFile[] {
  const shown = new Set(files)
  const decided = new Set([...early].filter((row) => !shown.has(row)).map(({ path }) => path))
  return [...answer.filter(({ path }) => !decided.has(path)), ...files.filter((row) => !early.has(row))]
}
