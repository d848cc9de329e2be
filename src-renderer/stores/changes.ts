import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { CellChange, ChangeHistory } from '../../src-shared/contract/cells.ts'
import { host } from '../host/host.ts'
import { useSaving } from './saving.ts'

/** The history of changes that undo and redo walk; it lies in the library, so it outlives the window. */
export const useChanges = defineStore('changes', () => {
  const history = shallowRef<ChangeHistory>({ undo: null, redo: null })
  /** Steps taken back or forward from this window: what shows a cell reads it anew. */
  const steps = ref(0)
  const saving = useSaving()

  async function load(): Promise<void> {
    take(await host.request('changes/list', {}))
  }

  function take({ undo, redo }: ChangeHistory): void {
    history.value = { undo, redo }
  }

  /** Null where there is nothing to take back. */
  async function step(way: 'undo' | 'redo'): Promise<CellChange | null> {
    const change = history.value[way]
    if (change === null) return null
    const request = host.request(`changes/${way}`, { id: change.id })
    // Another window was there first: what it left is shown.
    take(
      await saving
        .track(request)
        .catch(async (error: unknown) => (await load(), Promise.reject(error as Error))),
    )
    steps.value++
    return change
  }

  return { history, steps, load, take, step }
})
