import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { useScenarios } from '../../stores/scenarios.ts'
import { isComplete } from './scenarioFile.ts'

const pause_ms = 500
/** Who comes back after this long edits anew: what was saved before stays a version of its own. */
const session_ms = 120_000

/** A stretch of editing one scenario: all of it is one version. */
interface Session {
  readonly id: string
  readonly version: number
  readonly at: number
}

/** The scenario being edited: saved by itself when typing or dragging pauses, every saved step can be undone. */
export function useScenarioDraft(id: Ref<string | null>, failed: (error: unknown) => void) {
  const scenarios = useScenarios()
  const draft = shallowRef<Scenario | null>(null)
  const past = ref<Scenario[]>([])
  const stored = computed(() => scenarios.stored.find((one) => one.id === id.value)?.scenario ?? null)
  const { session, save, keep } = useSession(failed)
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: (() => void) | null = null

  watch(
    [id, () => scenarios.isLoaded],
    () => {
      flush()
      keep()
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
    pending = () => store(target, next)
    timer = setTimeout(flush, pause_ms)
  }

  function flush(): void {
    clearTimeout(timer)
    pending?.()
    pending = null
  }

  function store(target: string, next: Scenario): void {
    const before = scenarios.stored.find((one) => one.id === target)?.scenario
    if (before === undefined || !isComplete(next) || scenarios.isTaken(next.name, target)) return
    if (target === id.value) past.value = [...past.value, before].slice(-50)
    save(next, target)
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (before === undefined || id.value === null) return
    past.value = past.value.slice(0, -1)
    draft.value = before
    save(before, id.value)
  }

  /** Older content as the newest version; what it takes the place of stays. */
  function restore(scenario: Scenario): void {
    keep()
    edit(scenario)
    flush()
    keep()
  }

  const canUndo = computed(() => past.value.length > 0)
  const isAmending = computed(() => session.value !== null && session.value.id === id.value)
  return { draft, canUndo, isAmending, edit, undo, keep, restore }
}

/** Saves edits as versions: those of one stretch amend the version that it began. */
function useSession(failed: (error: unknown) => void) {
  const scenarios = useScenarios()
  const session = shallowRef<Session | null>(null)
  /** Saves follow each other, so that each knows the version of the one before. */
  let saved: Promise<unknown> = Promise.resolve()

  function save(scenario: Scenario, target: string): void {
    saved = saved
      .then(async () => {
        const { version } = await scenarios.save(scenario, { id: target, amends: amended(target) })
        session.value = { id: target, version, at: Date.now() }
      })
      .catch(failed)
  }

  function amended(target: string): number | undefined {
    const own = session.value
    return own?.id === target && Date.now() - own.at < session_ms ? own.version : undefined
  }

  /** Ends the stretch of editing: the next edit begins a version. */
  function keep(): void {
    saved = saved.then(() => (session.value = null))
  }

  return { session, save, keep }
}
