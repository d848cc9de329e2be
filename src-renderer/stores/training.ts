import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { RequestInput } from '../../src-shared/contract/requests.ts'
import type { RunDeletion } from '../../src-shared/contract/runDeletion.ts'
import type { PresetSummary } from '../../src-shared/contract/training.ts'
import type { RunSummary } from '../../src-shared/contract/run.ts'
import { host } from '../host/host.ts'
import { t } from '../locales/en.ts'
import { type JobContext, useJobs } from './jobs.ts'
import { useModels } from './models.ts'
import { useSaving } from './saving.ts'

/** Runs go on without a window; this store watches those that are running, each as a job. */
export const useTraining = defineStore('training', () => {
  const presets = shallowRef<readonly PresetSummary[]>([])
  const runs = shallowRef<readonly RunSummary[]>([])
  const isLoaded = ref(false)
  const dataFolder = ref('')
  const watched = new Set<string>()
  const jobs = useJobs()
  const models = useModels()
  const saving = useSaving()

  async function load(): Promise<void> {
    const [foundPresets, foundRuns] = await Promise.all([
      host.request('training/presets', dataInput()),
      host.request('training/list', {}),
    ])
    presets.value = foundPresets
    runs.value = foundRuns
    isLoaded.value = true
    foundRuns.filter(goesOn).forEach(watch)
  }

  /** Looks for the presets' files in another folder; empty: where the program looks by itself. */
  async function lookIn(folder: string): Promise<void> {
    dataFolder.value = folder.trim()
    presets.value = await host.request('training/presets', dataInput())
  }

  function dataInput(): { data?: string } {
    return dataFolder.value === '' ? {} : { data: dataFolder.value }
  }

  function put(run: RunSummary): void {
    const isKnown = runs.value.some((other) => other.id === run.id)
    runs.value = isKnown
      ? runs.value.map((other) => (other.id === run.id ? run : other))
      : [run, ...runs.value]
  }

  async function start(input: RequestInput<'training/start'>): Promise<string> {
    const { id } = await host.request('training/start', { ...input, ...dataInput() })
    runs.value = await host.request('training/list', {})
    runs.value.filter((run) => run.id === id).forEach(watch)
    return id
  }

  /** Cancelling the job cancels the run, not only the watching of it. */
  function watch(run: RunSummary): void {
    if (watched.has(run.id)) return
    watched.add(run.id)
    const follow = async (context: JobContext): Promise<void> => {
      context.signal.addEventListener('abort', () => void requests.cancel(run.id), { once: true })
      put(await watchRun(run.id, { context, put }))
    }
    const watching = jobs.run(t.jobs.training(run.name), follow, { outlivesPage: true })
    void watching
      .catch(() => undefined)
      .finally(() => watched.delete(run.id))
      .then(() => models.load())
  }

  /** For good; what stays is told. */
  async function remove(ids: string[]): Promise<RunDeletion> {
    const told = await saving.track(host.request('training/delete', { ids }))
    const gone = new Set(told.runs.flatMap(({ id, keptBecause }) => (keptBecause === null ? [id] : [])))
    runs.value = runs.value.filter(({ id }) => !gone.has(id))
    return told
  }

  const requests = runRequests({ put, watch })
  return { presets, runs, isLoaded, dataFolder, load, lookIn, start, remove, ...requests }
})

function goesOn({ state }: RunSummary): boolean {
  return state === 'running' || state === 'paused'
}

/** Ends when the run ends, whoever ended it. */
function watchRun(
  id: string,
  { context, put }: { context: JobContext; put: (run: RunSummary) => void },
): Promise<RunSummary> {
  function onProgress(run: RunSummary): void {
    put(run)
    context.report(run.history.length, run.epochs)
  }
  return host.request('training/watch', { id }, { onProgress })
}

interface RunKeeper {
  readonly put: (run: RunSummary) => void
  readonly watch: (run: RunSummary) => void
}

/** What can be done to a run; the answer says what it then is. */
function runRequests({ put, watch }: RunKeeper) {
  const saving = useSaving()
  const changing =
    (name: 'training/cancel' | 'training/pause' | 'training/continue') =>
    async (id: string): Promise<void> =>
      put(await host.request(name, { id }))

  async function resume(id: string): Promise<void> {
    const run = await host.request('training/resume', { id })
    put(run)
    watch(run)
  }

  async function note(id: string, notes: string): Promise<void> {
    put(await saving.track(host.request('training/note', { id, notes })))
  }

  return {
    cancel: changing('training/cancel'),
    pause: changing('training/pause'),
    goOn: changing('training/continue'),
    resume,
    note,
  }
}
