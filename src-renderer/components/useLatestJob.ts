import { computed, onScopeDispose, ref } from 'vue'
import { useLatest } from '../host/useLatest.ts'
import { type JobContext, useJobs } from '../stores/jobs.ts'

/** Shorter waits are not worth a word. */
const moment_ms = 500

/** A question of which the newest wins, as a job: what takes longer than a moment shows progress, time left and Cancel. */
export function useLatestJob<T>(title: string) {
  const latest = useLatest<T>()
  const jobs = useJobs()
  const isSlow = ref(false)
  let timer = 0
  const job = computed(() =>
    isSlow.value && latest.isRunning.value
      ? (jobs.running.findLast((one) => one.title === title) ?? null)
      : null,
  )

  async function ask(work: (context: JobContext) => Promise<T>): Promise<void> {
    clearTimeout(timer)
    isSlow.value = false
    timer = window.setTimeout(() => (isSlow.value = true), moment_ms)
    await latest.ask((newer) =>
      jobs.run(title, (context) => work({ ...context, signal: AbortSignal.any([newer, context.signal]) })),
    )
  }

  onScopeDispose(() => clearTimeout(timer))
  return { ...latest, job, ask }
}
