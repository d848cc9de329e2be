import { onMounted, onUnmounted } from 'vue'
import { useLibrary } from '../stores/library.ts'
import { useQuarantine } from '../stores/quarantine.ts'
import { useScenarios } from '../stores/scenarios.ts'

/** Another window or the command line may have changed the library: coming back reads it again. */
export function useFreshness(): void {
  const library = useLibrary()
  const scenarios = useScenarios()
  const quarantine = useQuarantine()
  function refresh(): void {
    // A lost connection shows itself in the frame.
    void Promise.all([library.load(), scenarios.load(), quarantine.load()]).catch(() => undefined)
  }
  onMounted(() => window.addEventListener('focus', refresh))
  onUnmounted(() => window.removeEventListener('focus', refresh))
}
