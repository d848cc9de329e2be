import { onMounted, onUnmounted } from 'vue'
import { type Router, useRouter } from 'vue-router'
import { useFrame } from '../stores/frame.ts'
import { useImports } from '../stores/imports.ts'
import { places } from './places.ts'
import { isMac } from './platform.ts'

/** Keys that work everywhere; those without Ctrl or Alt are left alone while text is typed. */
export function useShortcuts(): void {
  const router = useRouter()
  const frame = useFrame()
  const imports = useImports()

  function pressed(event: KeyboardEvent): void {
    const action = actionOf(event)
    if (action === null) return
    event.preventDefault()
    action()
  }

  function actionOf(event: KeyboardEvent): (() => void) | null {
    const isCommand = isMac ? event.metaKey : event.ctrlKey
    if (isCommand && event.code === 'KeyK') return frame.togglePalette
    if (isCommand && event.code === 'KeyO') return () => void addFiles(router, imports.chooseFiles)
    if (event.altKey && /^Digit\d$/.test(event.code)) return toPlace(router, Number(event.code.at(-1)) - 1)
    return isTyping(event) || isCommand || event.altKey ? null : plainAction(event.key)
  }

  function plainAction(key: string): (() => void) | null {
    if (key === '?') return frame.toggleHelp
    return key === '/' ? focusFilter : null
  }

  onMounted(() => window.addEventListener('keydown', pressed))
  onUnmounted(() => window.removeEventListener('keydown', pressed))
}

async function addFiles(router: Router, chooseFiles: () => Promise<void>): Promise<void> {
  await router.push('/import')
  await chooseFiles()
}

function toPlace(router: Router, index: number): (() => void) | null {
  const place = places[index]
  return place === undefined ? null : () => void router.push(place.path)
}

function focusFilter(): void {
  document.querySelector<HTMLInputElement>('[data-filter] input, input[data-filter]')?.focus()
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  )
}
