import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What lies over the window: the command palette and the list of shortcuts. */
export const useFrame = defineStore('frame', () => {
  const isPaletteOpen = ref(false)
  const isHelpOpen = ref(false)
  /** The model whose answer is on the screen; null where none is. */
  const answeredBy = ref<string | null>(null)

  function togglePalette(): void {
    isPaletteOpen.value = !isPaletteOpen.value
  }

  function toggleHelp(): void {
    isHelpOpen.value = !isHelpOpen.value
  }

  return { isPaletteOpen, isHelpOpen, answeredBy, togglePalette, toggleHelp }
})
