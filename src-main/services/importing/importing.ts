import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'
import type {
  Application,
  ImportedFile,
  RequestInput,
  RequestProgress,
} from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import { checkMapping } from '../../readers/checkMapping.ts'
import { acceptProposals, readUnder, takeOrHold } from './deciding.ts'
import { measuredAgain } from './laterRecord.ts'
import { everyHundredth } from './everyHundredth.ts'
import type { Parts } from '../parts.ts'
import type { StatedReading } from '../library/statedDescription.ts'

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
  if (input.mapping !== undefined) checkMapping(input.mapping)
  const files: ImportedFile[] = []
  const { paths, accept = [], ...stated } = input
  if (stated.cell !== undefined) measuredAgain(await parts.library(), stated)
  const { found, refused } = await findFiles(parts, paths)
  const told = (message: Progress): void => {
    const read = files.at(-1)
    progress(read === undefined ? message : { ...message, read })
  }
  for (const [done, path] of found.entries()) {
    told({ done, total: found.length, file: path })
    if (signal.aborted) throw cancelled()
    const onProgress = everyHundredth((fraction) =>
      progress({ done, total: found.length, file: path, fraction }),
    )
    try {
      files.push(await importFile(parts, { path, stated, accept, signal, onProgress }))
    } catch (error) {
      throw afterSome(error, files)
    }
  }
  told({ done: found.length, total: found.length, file: '' })
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
  readonly stated: StatedReading
  readonly accept: readonly (Repair | 'proposed')[]
  readonly signal: CancelSignal
  readonly onProgress: (fraction: number) => void
}

async function importFile(
  parts: Parts,
  { path, stated, accept, signal, onProgress }: ImportQuestion,
): Promise<ImportedFile> {
  try {
    const question = { path, stated, signal, onProgress }
    const plain = await readUnder(parts, question)
    const library = await parts.library()
    const isKnown = stated.again !== true && library.records.findByHash(plain.result.sha256) !== null
    const decided = isKnown ? plain : await acceptProposals(parts, question, { plain, accept })
    const isTrusted = isKnown || accept.includes('as-recorded')
    return await takeOrHold(library, { path, readFrom: path, stated, plain, decided, isTrusted })
  } catch (error) {
    return refusedFile(path, error)
  }
}

/** The library's failure, with what was stored before it. */
function afterSome(error: unknown, files: readonly ImportedFile[]): unknown {
  const count = files.filter(({ status }) => status !== 'refused').length
  if (!(error instanceof Failure) || error.kind === 'cancelled' || count === 0) return error
  const stored =
    count === 1 ? '1 file before it was stored and stays.' : `${count} files before it were stored and stay.`
  return new Failure(error.kind, error.code, `${error.message} ${stored}`, error.detail)
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
