import { computed, onUnmounted, reactive, ref } from 'vue'
import { keptOf } from './keptPanels.ts'

export interface PanelWidth {
  /** As it is shown, px. */
  readonly size: number
  readonly least: number
  /** What this window has room for. */
  readonly most: number
  readonly set: (size: number) => void
  readonly reset: () => void
}

/** px. */
export interface PanelRange {
  readonly standard: number
  readonly least: number
  readonly most: number
}

/** What stays for the rail and for what the panel stands beside, px; a window has 1024 at least. */
const beside = 72 + 640

/** A panel's width as it was left; where the window is too small for it, less is shown and the width kept. */
export function usePanelWidth(name: string, { standard, least, most }: PanelRange): PanelWidth {
  const kept = keptOf(name, standard)
  const room = ref(window.innerWidth - beside)
  const widest = computed(() => Math.max(least, Math.min(most, room.value)))
  const clamp = (size: number): number => Math.round(Math.max(least, Math.min(widest.value, size)))
  const measure = (): void => {
    room.value = window.innerWidth - beside
  }
  window.addEventListener('resize', measure)
  onUnmounted(() => window.removeEventListener('resize', measure))
  return reactive({
    size: computed(() => clamp(kept.value)),
    least,
    most: widest,
    set: (size: number) => {
      kept.value = clamp(size)
    },
    reset: () => {
      kept.value = standard
    },
  })
}
