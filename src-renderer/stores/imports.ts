import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { ImportedFile, RequestInput, RequestProgress } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { host } from '../host/host.ts'
import type { HandedFiles } from '../host/hostInterface.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { t } from '../locales/en.ts'
import { type JobContext, useJobs } from './jobs.ts'
import { useLibrary } from './library.ts'
import { settledFiles } from './settledFiles.ts'

/** What the user says about the next files, where the files do not say it. */
export interface Statement {
  nominalCapacity_Ah?: number
  chemistry?: string
  temperature_degC?: number
}

/** Every file of this session with its verdict, newest first. */
export const useImports = defineStore('imports', () => {
  const statement = shallowRef<Statement>({})
  const { files, failure, run, replace, forget } = fileList()

  function addFiles(dropped: Promise<readonly File[]>): Promise<void> {
    return run(t.jobs.importing, async (context) =>
      addHanded(await host.pathsOf(await dropped, context.signal), statement.value, context),
    )
  }

  function chooseFiles(): Promise<void> {
    return run(t.jobs.importing, async (context) =>
      addHanded(await host.chooseFiles(context.signal), statement.value, context),
    )
  }

  function addSamples(): Promise<void> {
    return run(t.jobs.samples, (context) =>
      host.request('samples/import', {}, { signal: context.signal, onProgress: tellOf(context) }),
    )
  }

  /** Chosen files as later measurements of a cell; empty when the user changed their mind or it failed. */
  async function chooseLater(cell: string, cyclesSince: number | null): Promise<readonly ImportedFile[]> {
    const later = { cell, ...(cyclesSince === null ? {} : { cyclesSince }) }
    let added: readonly ImportedFile[] = []
    await run(t.jobs.importing, async (context) => {
      const answer = await addHanded(await host.chooseFiles(context.signal), later, context)
      added = answer.files
      return answer
    })
    return added
  }

  /** Reads a file of the list again, by a mapping where there is one; its row tells what came of it. */
  function readAgain(row: ImportedFile, mapping: TableMapping | null): Promise<void> {
    return run(t.jobs.importing, async ({ signal }) => {
      const input = { ...inputAgain(row, mapping), ...statement.value }
      const answer = await host.request('files/import', input, { signal })
      files.value = files.value.filter((other) => other !== row)
      return answer
    })
  }

  const actions = { addFiles, chooseFiles, addSamples, chooseLater, readAgain, replace, forget }
  return { files, failure, statement, ...actions }
})

/** A file is shown as soon as it is read, so that it is still there where the others are cancelled. */
interface ImportContext extends JobContext {
  readonly take: (file: ImportedFile) => void
}

/** The rows, and the work that adds to them: what is new in the library gets a first answer. */
function fileList() {
  const files = shallowRef<readonly ImportedFile[]>([])
  const failure = shallowRef<WireError | null>(null)
  const jobs = useJobs()
  const library = useLibrary()

  async function run(
    title: string,
    work: (context: ImportContext) => Promise<{ files: ImportedFile[] }>,
  ): Promise<void> {
    failure.value = null
    const early = new Set<ImportedFile>()
    const take = (file: ImportedFile): void => {
      early.add(file)
      files.value = [file, ...files.value]
    }
    try {
      const answer = await jobs.run(title, (context) => work({ ...context, take }))
      files.value = settledFiles(files.value, { answer: answer.files, early })
      await library.load()
      const added = new Set(answer.files.flatMap((file) => file.cells))
      const open = [...added].filter((id) => library.byId.get(id)?.assessed === null)
      if (open.length > 0) await jobs.run(t.jobs.assessing, (context) => assessAll(open, context))
    } catch (error) {
      const wire = wireErrorOf(error)
      failure.value = wire.kind === 'cancelled' ? null : wire
    }
    await library.load()
  }

  /** A file whose quarantine was decided takes the place of its row. */
  function replace(file: ImportedFile): void {
    files.value = files.value.map((row) => (row.sha256 === file.sha256 ? file : row))
  }

  function forget(quarantine: string): void {
    files.value = files.value.filter((row) => row.quarantine !== quarantine)
  }

  return { files, failure, run, replace, forget }
}

/** What is said of files beside where they lie. */
type Said = Statement & { cell?: string; cyclesSince?: number }

async function addHanded(
  { paths, refused }: HandedFiles,
  said: Said,
  context: ImportContext,
): Promise<{ files: ImportedFile[] }> {
  const lost = refused.map(refusedFile)
  if (paths.length === 0) return { files: lost }
  const input = { paths: [...paths], ...said }
  const { files: read } = await host.request('files/import', input, {
    signal: context.signal,
    onProgress: tellOf(context),
  })
  return { files: [...lost, ...read] }
}

function tellOf({ report, take }: ImportContext): (message: RequestProgress<'files/import'>) => void {
  return ({ done, total, fraction = 0, read }) => {
    report(done + fraction, total)
    if (read !== undefined) take(read)
  }
}

/** What is of the library already is replaced only because its row says so. */
function inputAgain(row: ImportedFile, mapping: TableMapping | null): RequestInput<'files/import'> {
  return {
    paths: [row.path],
    ...(mapping === null ? {} : { mapping }),
    ...(row.known || row.status === 'imported' ? { again: true } : {}),
  }
}

/** A file that never reached the program gets a row like any other. */
function refusedFile({ name, error }: HandedFiles['refused'][number]): ImportedFile {
  const finding = { code: error.code, message: error.message, proposal: error.advice }
  const nothing = { sha256: '', format: '', known: false, cells: [], cycles: 0 }
  return { ...nothing, path: name, status: 'refused', findings: [finding] }
}

/** A first answer for every new cell; one that cannot be given yet is asked for on the cell's own page. */
async function assessAll(cells: readonly string[], { signal, report }: JobContext): Promise<void> {
  for (const [index, cell] of cells.entries()) {
    report(index, cells.length)
    await host.request('assessments/run', { cell }, { signal }).catch(unlessCancelled)
  }
}

function unlessCancelled(error: unknown): void {
  if (wireErrorOf(error).kind === 'cancelled') throw error
}
