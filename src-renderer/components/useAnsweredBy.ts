import { onUnmounted, watch } from 'vue'
import { useFrame } from '../stores/frame.ts'

/** Tells the status bar whose answer is on the screen, as long as it is: several models give none a name. */
export function useAnsweredBy(models: () => readonly (string | undefined)[]): void {
  const frame = useFrame()
  watch(
    () => {
      const names = new Set(models().filter((name) => name !== undefined))
      return names.size === 1 ? ([...names][0] ?? null) : null
    },
    (name) => (frame.answeredBy = name),
    { immediate: true },
  )
  onUnmounted(() => (frame.answeredBy = null))
}
