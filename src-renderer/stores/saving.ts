import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

/** Answers "is my work saved?": counts the writes that are under way. */
export const useSaving = defineStore('saving', () => {
  const open = ref(0)

  async function track<T>(write: Promise<T>): Promise<T> {
    open.value += 1
    try {
      return await write
    } finally {
      open.value -= 1
    }
  }

  return { isSaving: computed(() => open.value > 0), track }
})
