import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { Repair } from '../../src-shared/cell/repair.ts'
import type { ImportedFile, QuarantinedFile, RepairEffect } from '../../src-shared/contract/requests.ts'
import { host } from '../host/host.ts'
import { useImports } from './imports.ts'
import { useLibrary } from './library.ts'
import { useSaving } from './saving.ts'

/** Files that wait for a decision, of this session and of earlier ones, newest first. */
export const useQuarantine = defineStore('quarantine', () => {
  const files = shallowRef<readonly QuarantinedFile[]>([])
  const imports = useImports()
  const library = useLibrary()
  const saving = useSaving()

  /** Other windows of this program follow at once; one of another program when it is come back to. */
  const windows = new BroadcastChannel('pimoe-quarantine')
  let loading: Promise<void> | null = null
  let isStale = false

  /** One at a time, however many files of an import ask for it; whoever asks is answered by a look that began later. */
  function load(): Promise<void> {
    isStale = true
    loading ??= loadWhileStale().finally(() => (loading = null))
    return loading
  }

  async function loadWhileStale(): Promise<void> {
    while (isStale) {
      isStale = false
      files.value = await host.request('quarantine/list', {})
    }
  }

  async function changed(): Promise<void> {
    windows.postMessage(null)
    await load()
  }

  // The frame shows whether the program answers at all.
  windows.onmessage = () => void load().catch(() => null)
  watch(
    () => imports.files,
    () => void changed().catch(() => null),
  )

  function preview(id: string, repairs: readonly Repair[]): Promise<RepairEffect> {
    return host.request('quarantine/preview', { id, repairs: [...repairs] })
  }

  function accept(id: string, repairs: readonly Repair[]): Promise<ImportedFile> {
    return decided(host.request('quarantine/accept', { id, repairs: [...repairs] }))
  }

  /** Reads the file again, with what the import form now says of its cell, and by a mapping where there is one. */
  function retry(id: string, mapping: TableMapping | null = null): Promise<ImportedFile> {
    const stated = { ...imports.statement, ...(mapping === null ? {} : { mapping }) }
    return decided(host.request('quarantine/retry', { id, ...stated }))
  }

  async function reject(id: string): Promise<void> {
    await saving.track(host.request('quarantine/reject', { ids: [id] }))
    imports.forget(id)
    await changed()
  }

  async function decided(answer: Promise<ImportedFile>): Promise<ImportedFile> {
    const file = await saving.track(answer)
    imports.replace(file)
    await changed()
    if (file.status === 'imported') await library.load()
    return file
  }

  return { files, load, preview, accept, retry, reject }
})
