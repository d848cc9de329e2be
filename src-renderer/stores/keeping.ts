import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { LibraryCheck, LibraryRestored } from '../../src-shared/contract/keeping.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { host } from '../host/host.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { t } from '../locales/en.ts'
import { useApplication } from './application.ts'
import { useJobs } from './jobs.ts'
import { useLibrary } from './library.ts'

const folderKey = 'pimoe-backup-folder'

type Task = 'backup' | 'restore' | 'check'

/** Backups of the library, and its check; what came of them outlives leaving the page. */
export const useKeeping = defineStore('keeping', () => {
  const folder = ref(localStorage.getItem(folderKey) ?? '')
  const file = ref('')
  const checked = shallowRef<LibraryCheck | null>(null)
  const restored = shallowRef<LibraryRestored | null>(null)
  const failed = shallowRef<{ task: Task; error: WireError } | null>(null)
  const busy = ref<Task | null>(null)
  const jobs = useJobs()
  watch(folder, (path) => localStorage.setItem(folderKey, path))

  /** One at a time; null where it failed or was cancelled. */
  async function attempt<T>(
    task: Task,
    work: (options: {
      signal: AbortSignal
      onProgress: (at: { done: number; total: number }) => void
    }) => Promise<T>,
  ): Promise<T | null> {
    busy.value = task
    failed.value = null
    try {
      return await jobs.run(t.keeping.jobs[task], ({ signal, report }) =>
        work({ signal, onProgress: ({ done, total }) => report(done, total) }),
      )
    } catch (error) {
      const wire = wireErrorOf(error)
      if (wire.kind !== 'cancelled') failed.value = { task, error: wire }
      return null
    } finally {
      busy.value = null
    }
  }

  const backUp = () =>
    attempt('backup', (options) => host.request('library/backup', { to: folder.value.trim() }, options))

  async function restore(): Promise<LibraryRestored | null> {
    const path = file.value.trim()
    const done = await attempt('restore', (options) =>
      host.request('library/restore', { file: path }, options),
    )
    if (done === null) return null
    restored.value = done
    checked.value = null
    useLibrary().select([])
    await useApplication().load()
    return done
  }

  async function check(): Promise<void> {
    const told = await attempt('check', ({ signal }) => host.request('library/check', {}, { signal }))
    checked.value = told ?? checked.value
  }

  async function chooseFile(): Promise<void> {
    const { paths } = await host.chooseFiles()
    file.value = paths[0] ?? file.value
  }

  return { folder, file, checked, restored, failed, busy, backUp, restore, check, chooseFile }
})
