import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { useScenarios } from '../../stores/scenarios.ts'
import { isComplete } from './scenarioFile.ts'

const pause_ms = 500

/** The scenario being edited: saved by itself when typing or dragging pauses, every saved step can be undone. */
export function useScenarioDraft(id: Ref<string | null>, failed: (error: unknown) => void) {
  const scenarios = useScenarios()
  const draft = shallowRef<Scenario | null>(null)
  const past = ref<Scenario[]>([])
  const stored = computed(() => scenarios.stored.find((one) => one.id === id.value)?.scenario ?? null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: (() => void) | null = null

  watch(
    [id, () => scenarios.isLoaded],
    () => {
      flush()
      past.value = []
      draft.value = stored.value
    },
    { immediate: true },
  )
  // Changed in another window, while nothing is being typed here.
  watch(stored, (next, before) => {
    if (pending !== null || next === null || JSON.stringify(next) === JSON.stringify(before)) return
    draft.value = next
  })
  onScopeDispose(flush)

  /** The edit belongs to the scenario it was made in, even when another one is opened before the pause. */
  function edit(change: Partial<Scenario>): void {
    const target = id.value
    if (draft.value === null || target === null) return
    const next = (draft.value = { ...draft.value, ...change })
    clearTimeout(timer)
    pending = () => keep(target, next)
    timer = setTimeout(flush, pause_ms)
  }

  function flush(): void {
    clearTimeout(timer)
    pending?.()
    pending = null
  }

  function keep(target: string, next: Scenario): void {
    const before = scenarios.stored.find((one) => one.id === target)?.scenario
    if (before === undefined || !isComplete(next) || scenarios.isTaken(next.name, target)) return
    if (target === id.value) past.value = [...past.value, before].slice(-50)
    void scenarios.save(next, target).catch(failed)
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (before === undefined || id.value === null) return
    past.value = past.value.slice(0, -1)
    draft.value = before
    void scenarios.save(before, id.value).catch(failed)
  }

  const canUndo = computed(() => past.value.length > 0)
  return { draft, canUndo, edit, undo }
}
