import { computed, onMounted, onUnmounted, ref, type Ref, shallowRef } from 'vue'

/** Which rows of equal height are in sight, so that 10,000 cells cost no more than 30. */
export function useRowWindow(count: Ref<number>, rowHeight: number) {
  const frame = shallowRef<HTMLElement | null>(null)
  const top = ref(0)
  const height = ref(600)
  const spare = 16
  const observer = new ResizeObserver(measure)

  const first = computed(() => Math.max(0, Math.min(count.value, Math.floor(top.value / rowHeight) - spare)))
  const last = computed(() =>
    Math.min(count.value, Math.ceil((top.value + height.value) / rowHeight) + spare),
  )
  const above = computed(() => first.value * rowHeight)
  const below = computed(() => (count.value - last.value) * rowHeight)

  function measure(): void {
    if (frame.value !== null) height.value = frame.value.clientHeight
  }

  function scrolled(): void {
    if (frame.value !== null) top.value = frame.value.scrollTop
  }

  /** Scrolls just far enough that the row, and the heading above it, are in sight. */
  function reveal(index: number): void {
    const element = frame.value
    if (element === null) return
    const room = element.clientHeight - 2 * rowHeight
    const at = index * rowHeight
    if (at < element.scrollTop) element.scrollTop = at
    else if (at > element.scrollTop + room) element.scrollTop = at - room
    scrolled()
  }

  onMounted(() => {
    if (frame.value !== null) observer.observe(frame.value)
    measure()
  })
  onUnmounted(() => observer.disconnect())
  return { frame, first, last, above, below, scrolled, reveal }
}
