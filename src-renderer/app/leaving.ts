import { onMounted, onUnmounted } from 'vue'
import { host } from '../host/host.ts'
import { useJobs } from '../stores/jobs.ts'

/** Asks before the page goes that work ends with; a training behind a page in the browser goes on without it. */
export function useLeaving(): void {
  const jobs = useJobs()

  function leaving(event: BeforeUnloadEvent): void {
    const ends = jobs.running.some(({ outlivesPage }) => host.kind === 'electron' || !outlivesPage)
    if (ends) event.preventDefault()
  }

  onMounted(() => window.addEventListener('beforeunload', leaving))
  onUnmounted(() => window.removeEventListener('beforeunload', leaving))
}
