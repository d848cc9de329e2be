import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

/** Answers "is my work saved?": counts the writes that are under way. */
export const useSaving = defineStore('saving', () => {
  const open = ref(0)
  /** Files taken away so far, and where the last one went. */
  const exports = ref(0)
  const lastPlace = ref<string | null>(null)

  async function track<T>(write: Promise<T>): Promise<T> {
    open.value += 1
    try {
      return await write
    } finally {
      open.value -= 1
    }
  }

  function took(place: string): void {
    exports.value += 1
    lastPlace.value = place
  }

  return { isSaving: computed(() => open.value > 0), exports, lastPlace, track, took }
})
