import { onMounted, onUnmounted } from 'vue'
import { type Router, useRouter } from 'vue-router'
import { useUndo } from '../components/useUndo.ts'
import { useFrame } from '../stores/frame.ts'
import { useImports } from '../stores/imports.ts'
import { places } from './places.ts'
import { isMac } from './platform.ts'

/** Keys that work everywhere; those without Ctrl or Alt are left alone while text is typed. */
export function useShortcuts(): void {
  const router = useRouter()
  const frame = useFrame()
  const imports = useImports()
  const { undo, redo } = useUndo()

  function pressed(event: KeyboardEvent): void {
    const action = actionOf(event)
    if (action === null) return
    event.preventDefault()
    action()
  }

  function actionOf(event: KeyboardEvent): (() => void) | null {
    if (event.key === 'F1') return () => void router.push('/help')
    if (isMac ? event.metaKey : event.ctrlKey) return commandAction(event)
    if (event.altKey)
      return /^Digit\d$/.test(event.code) ? toPlace(router, (Number(event.code.at(-1)) + 9) % 10) : null
    return isTyping(event) ? null : plainAction(event.key)
  }

  function commandAction(event: KeyboardEvent): (() => void) | null {
    if (event.code === 'KeyK') return frame.togglePalette
    if (event.code === 'KeyO') return () => void addFiles(router, imports.chooseFiles)
    return isTyping(event) || !isOfCells(router) ? null : stepOf(event)
  }

  /** By the letter, not by its place: on a German keyboard Z stands where Y stands elsewhere. */
  function stepOf({ key, shiftKey }: KeyboardEvent): (() => void) | null {
    const letter = key.toLowerCase()
    if (letter === 'y' || (letter === 'z' && shiftKey)) return () => void redo()
    return letter === 'z' ? () => void undo() : null
  }

  function plainAction(key: string): (() => void) | null {
    if (key === '?') return frame.toggleHelp
    return key === '/' ? focusFilter : null
  }

  onMounted(() => window.addEventListener('keydown', pressed))
  onUnmounted(() => window.removeEventListener('keydown', pressed))
}

/** Where changes of cells are seen; other places have an undo of their own. */
function isOfCells({ currentRoute }: Router): boolean {
  return /^\/(library|cells)(\/|$)/.test(currentRoute.value.path)
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
