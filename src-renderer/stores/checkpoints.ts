import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

/** Where a checkpoint lies, and the scaler that was dropped with it. */
export interface DroppedCheckpoint {
  readonly checkpoint: string
  readonly scaler: string | null
}

/** The form that imports a checkpoint, and the dropped ones that wait for it; closing it forgets them. */
export const useCheckpoints = defineStore('checkpoints', () => {
  const isShown = shallowRef(false)
  const waiting = shallowRef<readonly DroppedCheckpoint[]>([])

  const isOpen = computed({
    get: () => isShown.value,
    set: (open: boolean) => {
      isShown.value = open
      if (!open) waiting.value = []
    },
  })

  function offer(dropped: readonly DroppedCheckpoint[]): void {
    waiting.value = dropped
    isShown.value = dropped.length > 0
  }

  return {
    isOpen,
    first: computed(() => waiting.value.at(0) ?? null),
    offer,
    next: () => offer(waiting.value.slice(1)),
  }
})
