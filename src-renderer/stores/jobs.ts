import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { cancelledError } from '../host/requestError.ts'

export interface Job {
  readonly id: number
  readonly title: string
  readonly startedAt: number
  readonly done: number
  readonly total: number | null
  /** Of the program behind a page in the browser: it goes on when the page is closed. */
  readonly outlivesPage: boolean
  readonly cancel: () => void
}

export interface JobContext {
  readonly signal: AbortSignal
  readonly report: (done: number, total: number) => void
}

let lastId = 0

/** Everything that takes longer than a moment, with progress and a way to stop it. */
export const useJobs = defineStore('jobs', () => {
  const running = shallowRef<readonly Job[]>([])
  const now = ref(Date.now())

  function update(id: number, change: Partial<Job>): void {
    now.value = Date.now()
    running.value = running.value.map((job) => (job.id === id ? { ...job, ...change } : job))
  }

  async function run<T>(
    title: string,
    work: (context: JobContext) => Promise<T>,
    { outlivesPage = false } = {},
  ): Promise<T> {
    const stop = new AbortController()
    const id = ++lastId
    const cancel = (): void => stop.abort()
    const job: Job = { id, title, startedAt: Date.now(), done: 0, total: null, outlivesPage, cancel }
    running.value = [...running.value, job]
    try {
      const result = await work({ signal: stop.signal, report: (done, total) => update(id, { done, total }) })
      if (stop.signal.aborted) throw cancelledError()
      return result
    } finally {
      running.value = running.value.filter((other) => other.id !== id)
    }
  }

  return { running, now, count: computed(() => running.value.length), run }
})
