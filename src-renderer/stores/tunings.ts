import { defineStore } from 'pinia'
import { computed, ref, type Ref, shallowRef } from 'vue'
import type { WireError } from '../../src-shared/contract/wire.ts'
import type { TunableCell, Tuning } from '../../src-shared/contract/tuning.ts'
import { host } from '../host/host.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { t } from '../locales/en.ts'
import { useJobs } from './jobs.ts'

/** Tunings in hand, one a model: they go on while other places are looked at, and are there when one comes back. */
export const useTunings = defineStore('tunings', () => {
  const states = new Map<string, ReturnType<typeof newTuning>>()

  function of(model: string): ReturnType<typeof newTuning> {
    const state = states.get(model) ?? newTuning(model)
    states.set(model, state)
    return state
  }

  return { of }
})

function newTuning(model: string) {
  const cells = shallowRef<readonly string[]>([])
  /** What was counted last. */
  const tunable = shallowRef<ReadonlyMap<string, TunableCell>>(new Map())
  const judged = shallowRef<Tuning | null>(null)
  /** Whether its panel is on the screen. */
  const isShown = ref(false)
  /** Of judging, and of writing what was judged. */
  const failure = shallowRef<WireError | null>(null)
  const writeFailure = shallowRef<WireError | null>(null)
  const { tune, stop, progress, isRunning } = tuningJob(model, cells)

  async function judge(): Promise<void> {
    forget()
    const asked = cells.value
    try {
      const found = await tune()
      if (cells.value === asked && found !== null) judged.value = found
    } catch (error) {
      if (cells.value === asked) failure.value = wireErrorOf(error)
    }
  }

  /** Whether it was written. */
  async function write(name: string): Promise<boolean> {
    writeFailure.value = null
    try {
      return (await tune(name)) !== null
    } catch (error) {
      writeFailure.value = wireErrorOf(error)
      return false
    }
  }

  /** What was judged on other cells says nothing of these. */
  function choose(next: readonly string[]): void {
    cells.value = next
    stop()
    forget()
  }

  function forget(): void {
    judged.value = null
    failure.value = null
    writeFailure.value = null
  }

  /** Something to be looked at when one comes back. */
  const isOpen = computed(() => isRunning.value || judged.value !== null || failure.value !== null)

  return {
    isOpen,
    isShown,
    cells,
    tunable,
    judged,
    failure,
    writeFailure,
    progress,
    isRunning,
    judge,
    write,
    choose,
    stop,
  }
}

/** One run at a time, a job among the others. */
function tuningJob(model: string, cells: Ref<readonly string[]>) {
  const jobs = useJobs()
  const progress = ref({ done: 0, total: 0 })
  const running = shallowRef<AbortController | null>(null)

  /** Null when it was stopped. */
  async function tune(name?: string): Promise<Tuning | null> {
    stop()
    const current = (running.value = new AbortController())
    progress.value = { done: 0, total: 0 }
    const question = { model, cells: [...cells.value], ...(name === undefined ? {} : { name }) }
    try {
      return await jobs.run(t.tuning.job(model), ({ signal, report }) =>
        host.request('models/tune', question, {
          signal: AbortSignal.any([signal, current.signal]),
          onProgress: ({ done, total }) => {
            report(done, total)
            progress.value = { done, total }
          },
        }),
      )
    } catch (error) {
      if (wireErrorOf(error).kind === 'cancelled') return null
      throw error
    } finally {
      if (running.value === current) running.value = null
    }
  }

  function stop(): void {
    running.value?.abort()
  }

  return { tune, stop, progress, isRunning: computed(() => running.value !== null) }
}
