import { computed, readonly, ref, watch } from 'vue'

export type ThemeChoice = 'light' | 'dark' | 'system'

const key = 'pimoe-theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = ref(system.matches)
const choice = ref<ThemeChoice>(storedChoice())

export const isDark = computed(() =>
  choice.value === 'system' ? systemIsDark.value : choice.value === 'dark',
)
export const themeChoice = readonly(choice)

export function chooseTheme(next: ThemeChoice): void {
  choice.value = next
  localStorage.setItem(key, next)
}

/** Keeps the class on <html> with the choice; charts follow `isDark`. */
export function applyTheme(): void {
  system.addEventListener('change', (event) => (systemIsDark.value = event.matches))
  watch(
    isDark,
    (dark) => {
      document.documentElement.classList.toggle('dark', dark)
      document.documentElement.classList.toggle('light', !dark)
      document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
    },
    { immediate: true },
  )
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(key)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}
