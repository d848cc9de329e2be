import { t } from '../locales/en.ts'
import { useChanges } from '../stores/changes.ts'
import { useLibrary } from '../stores/library.ts'
import { changeWords } from './library/changeWords.ts'
import { useNotices } from './useNotices.ts'

/** One step of the history, told at the window's edge. */
export function useUndo() {
  const changes = useChanges()
  const library = useLibrary()
  const notices = useNotices()

  async function step(way: 'undo' | 'redo'): Promise<void> {
    try {
      const change = await changes.step(way)
      if (change === null) return
      await library.load()
      const { undone, redone } = t.library.change
      notices.done((way === 'undo' ? undone : redone)(changeWords(change)))
    } catch (error) {
      notices.failed(error)
    }
  }

  return { undo: () => step('undo'), redo: () => step('redo') }
}
