import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CellDescription } from '../../src-shared/cell/cell.ts'
import { doubtsAmong, type Finding } from '../../src-shared/cell/finding.ts'
import type {
  Application,
  ImportedFile,
  RequestInput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import type { Library } from '../library/openLibrary.ts'
import type { StoredRecord } from '../library/records.ts'
import type { ReadResult } from '../readers/readResult.ts'
import type { Parts } from './parts.ts'
import { describeCell, type StatedDescription } from './statedDescription.ts'

type Progress = RequestProgress<'files/import'>

export function importRequests(parts: Parts): Pick<Application, 'files/import' | 'samples/import'> {
  return {
    'files/import': (input, { signal, progress }) => importFiles(parts, input, { signal, progress }),
    'samples/import': (_, { signal, progress }) =>
      importFiles(parts, { paths: samplePaths(parts) }, { signal, progress }),
  }
}

/** The simulated raw records; they carry the signals that a first look needs. */
function samplePaths(parts: Parts): string[] {
  const raw = join(parts.places.samples, 'raw')
  const names = existsSync(raw) ? readdirSync(raw).filter((name) => /\.csv(\.gz)?$/.test(name)) : []
  if (names.length > 0) return names.toSorted().map((name) => join(raw, name))
  throw new Failure('refused', 'no-samples', 'The sample cells are not there.', {
    advice: 'Install the program again, or import a measurement of your own.',
    file: raw,
  })
}

interface ImportContext {
  readonly signal: CancelSignal
  readonly progress: (message: Progress) => void
}

/** Each file is read and stored, or refused, on its own: one that fails takes nothing else with it. */
async function importFiles(
  parts: Parts,
  input: RequestInput<'files/import'>,
  { signal, progress }: ImportContext,
): Promise<{ files: ImportedFile[] }> {
  const files: ImportedFile[] = []
  const { found, refused } = await findFiles(parts, input.paths)
  for (const [done, path] of found.entries()) {
    if (signal.aborted) throw cancelled()
    progress({ done, total: found.length, file: path })
    files.push(await importFile(parts, { path, stated: input, signal }))
  }
  progress({ done: found.length, total: found.length, file: '' })
  return { files: [...files, ...refused] }
}

async function findFiles(
  parts: Parts,
  paths: readonly string[],
): Promise<{ found: string[]; refused: ImportedFile[] }> {
  const found = new Set<string>()
  const refused: ImportedFile[] = []
  for (const path of paths) {
    try {
      const files = await parts.expandPaths([path])
      if (files.length === 0) throw emptyFolder(path)
      for (const file of files) found.add(file)
    } catch (error) {
      refused.push(refusedFile(path, error))
    }
  }
  return { found: [...found], refused }
}

function emptyFolder(path: string): Failure {
  return new Failure('refused', 'empty-folder', 'There is no file in this folder.', {
    advice: 'Name the files, or the folder that holds them.',
    file: path,
  })
}

interface ImportQuestion {
  readonly path: string
  readonly stated: StatedDescription
  readonly signal: CancelSignal
}

async function importFile(parts: Parts, { path, stated, signal }: ImportQuestion): Promise<ImportedFile> {
  try {
    const { nominalCapacity_Ah } = stated
    const result = await parts.readFile(path, signal, { nominalCapacity_Ah })
    if (doubtsAmong(result.findings).length > 0) return quarantinedFile(path, result)
    return storeRecord(await parts.library(), { path, result, stated })
  } catch (error) {
    return refusedFile(path, error)
  }
}

interface ReadRecord {
  readonly path: string
  readonly result: ReadResult
  readonly stated: StatedDescription
}

/** Cell, record, cycles and curves in one transaction; a file that is known already is not stored twice. */
function storeRecord(library: Library, { path, result, stated }: ReadRecord): ImportedFile {
  const description = describeCell(
    { name: result.cellName, simulated: result.simulated, hints: result.description },
    stated,
  )
  return library.transaction(() => {
    const known = library.records.findByHash(result.sha256)
    const cell =
      known === null ? storeNew(library, { path, result, description }) : storeKnown(library, known, stated)
    return {
      path,
      sha256: result.sha256,
      format: result.format,
      status: 'imported',
      known: known !== null,
      cells: [cell],
      cycles: result.cycles.length,
      findings: [...result.findings],
    }
  })
}

function storeNew(
  library: Library,
  { path, result, description }: { path: string; result: ReadResult; description: CellDescription },
): string {
  const { sha256, bytes, format, findings } = result
  const importedAt = new Date().toISOString()
  // Twelve digits of the record's hash: the same cell has the same id in every library.
  const cellId = sha256.slice(0, 12)
  library.cells.insert({ id: cellId, description, importedAt })
  const record = { path, sha256, bytes, format, findings: [...findings], importedAt }
  const recordId = library.records.insert(cellId, record)
  const cycles = result.cycles.map((cycle, i) => ({ cycle, trace: result.traces?.[i] ?? null }))
  library.cycles.insertAll({ cellId, recordId }, cycles)
  return cellId
}

/** Importing a file again brings back a removed cell, and what is stated now overrules what was known. */
function storeKnown(library: Library, record: StoredRecord, stated: StatedDescription): string {
  library.cells.restore([record.cellId])
  const cell = library.cells.find(record.cellId)
  if (cell !== null) {
    const { description } = cell
    library.cells.describe(
      record.cellId,
      describeCell({ name: description.name, simulated: description.simulated, hints: description }, stated),
    )
  }
  return record.cellId
}

function quarantinedFile(path: string, { sha256, format, findings, cycles }: ReadResult): ImportedFile {
  return {
    path,
    sha256,
    format,
    status: 'quarantined',
    known: false,
    cells: [],
    cycles: cycles.length,
    findings: [...findings],
  }
}

/** Passes on what is not the file's fault: cancelling, a broken library, a bug. */
function refusedFile(path: string, error: unknown): ImportedFile {
  if (!(error instanceof Failure) || error.kind === 'cancelled' || error.code.startsWith('library-'))
    throw error
  const { advice, line, column } = error.detail
  const finding: Finding = {
    code: error.code,
    message: error.message,
    proposal: advice,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
  return {
    path,
    sha256: '',
    format: 'unknown',
    status: 'refused',
    known: false,
    cells: [],
    cycles: 0,
    findings: [finding],
  }
}
