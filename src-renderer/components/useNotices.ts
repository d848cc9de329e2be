import { useToast } from '@nuxt/ui/composables'
import type { FilePayload } from '../../src-shared/contract/requests.ts'
import { host } from '../host/host.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { t } from '../locales/en.ts'
import { sentence } from '../locales/writing.ts'
import { useSaving } from '../stores/saving.ts'

/** Short notices at the window's edge: what was done, where it went, how to undo it. */
export function useNotices() {
  const toast = useToast()
  const saving = useSaving()

  async function saveFile(file: FilePayload): Promise<void> {
    try {
      const saved = await host.save(file)
      if (saved === null) return
      const { path, place } = saved
      saving.took(place)
      notify({
        title: t.saving.saved(file.fileName),
        description: t.saving.to(place),
        actions: showing(path),
      })
    } catch (error) {
      failed(error, t.saving.failed)
    }
  }

  /** For a file that the program wrote itself. */
  function savedTo(path: string, title: string): void {
    saving.took(path)
    notify({
      title,
      description: t.saving.to(path),
      actions: showing(host.kind === 'electron' ? path : null),
    })
  }

  function showing(path: string | null): Action[] {
    return path === null ? [] : [{ label: t.saving.show, onClick: () => void host.show(path) }]
  }

  function undoable(title: string, undo: () => Promise<void>): void {
    notify({ title, actions: [{ label: t.common.undo, onClick: () => void undo().catch(failed) }] })
  }

  function offer(title: string, label: string, act: () => void): void {
    notify({ title, actions: [{ label, onClick: act }] })
  }

  function done(title: string): void {
    notify({ title })
  }

  function failed(error: unknown, title?: string): void {
    const wire = wireErrorOf(error)
    if (wire.kind === 'cancelled') return
    const description = [...(title === undefined ? [] : [wire.message]), wire.advice].join(' ')
    const id = `failed ${wire.code} ${title ?? ''}`
    const words = { title: sentence(title ?? wire.message), description: sentence(description) }
    toast.add({ id, ...words, color: 'error', icon: 'i-lucide-circle-x' })
  }

  function notify(notice: { title: string; description?: string; actions?: Action[] }): void {
    const actions = (notice.actions ?? []).map((action) => ({
      ...action,
      color: 'neutral' as const,
      variant: 'outline' as const,
    }))
    const id = notice.actions?.some(({ label }) => label === t.common.undo) === true ? 'undo' : 'done'
    toast.add({ id: `${id} ${notice.title}`, ...notice, actions, color: 'neutral', icon: 'i-lucide-check' })
  }

  return { notify, saveFile, savedTo, undoable, offer, done, failed }
}

interface Action {
  label: string
  onClick: () => void
}
