import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { mostFollowers } from '../../src-shared/contract/following.ts'
import { useLibrary } from './library.ts'

/** Cells whose trajectories follow a plan beside the one in hand; they survive a change of place and of plan. */
export const useFollowers = defineStore('followers', () => {
  const library = useLibrary()
  const chosen = shallowRef<readonly string[]>([])
  /** Cells that were removed meanwhile are left out, and come back with an undo. */
  const ids = computed(() => chosen.value.filter((id) => library.byId.has(id)))

  /** So many of them as may follow. */
  function add(more: Iterable<string>): void {
    chosen.value = [...new Set([...chosen.value, ...more])].slice(0, mostFollowers)
  }

  function take(id: string): void {
    chosen.value = chosen.value.filter((other) => other !== id)
  }

  function clear(): void {
    chosen.value = []
  }

  return { ids, add, take, clear }
})
