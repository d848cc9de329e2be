import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ImportedFile, WireError } from '../../src-shared/contract/requests.ts'
import { host } from '../host/host.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { t } from '../locales/en.ts'
import { type JobContext, useJobs } from './jobs.ts'
import { useLibrary } from './library.ts'

/** What the user says about the next files, where the files do not say it. */
export interface Statement {
  nominalCapacity_Ah?: number
  chemistry?: string
  temperature_degC?: number
}

/** Every file of this session with its verdict, newest first. */
export const useImports = defineStore('imports', () => {
  const files = shallowRef<readonly ImportedFile[]>([])
  const failure = shallowRef<WireError | null>(null)
  const statement = shallowRef<Statement>({})
  const jobs = useJobs()
  const library = useLibrary()

  async function run(title: string, work: (context: JobContext) => Promise<{ files: ImportedFile[] }>): Promise<void> {
    failure.value = null
    try {
      const answer = await jobs.run(title, work)
      files.value = [...answer.files, ...files.value]
    } catch (error) {
      failure.value = wireErrorOf(error)
    }
    await library.load()
  }

  function addPaths(paths: string[], { signal, report }: JobContext): Promise<{ files: ImportedFile[] }> {
    if (paths.length === 0) return Promise.resolve({ files: [] })
    const input = { paths, ...statement.value }
    return host.request('files/import', input, { signal, onProgress: ({ done, total }) => report(done, total) })
  }

  function addFiles(dropped: readonly File[]): Promise<void> {
    return run(t.jobs.importing, async (context) => addPaths(await host.pathsOf(dropped, context.signal), context))
  }

  function chooseFiles(): Promise<void> {
    return host.chooseFiles().then((paths) =>
      paths.length === 0 ? undefined : run(t.jobs.importing, (context) => addPaths(paths, context)),
    )
  }

  function addSamples(): Promise<void> {
    return run(t.jobs.samples, ({ signal, report }) =>
      host.request('samples/import', {}, { signal, onProgress: ({ done, total }) => report(done, total) }),
    )
  }

  return { files, failure, statement, addFiles, chooseFiles, addSamples }
})
