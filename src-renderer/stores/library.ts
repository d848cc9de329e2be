import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CellSummary } from '../../src-shared/contract/cells.ts'
import type { RequestInput } from '../../src-shared/contract/requests.ts'
import { libraryCells } from '../host/firstAnswers.ts'
import { host } from '../host/host.ts'
import { useChanges } from './changes.ts'
import { useSaving } from './saving.ts'

/** The cells and which of them are selected; the selection survives a change of place. */
export const useLibrary = defineStore('library', () => {
  const cells = shallowRef<readonly CellSummary[]>([])
  const isLoaded = ref(false)
  const selection = shallowRef<ReadonlySet<string>>(new Set())
  const saving = useSaving()
  const changes = useChanges()
  /** The cell opened last: what a plan is tried on. */
  const opened = ref<string | null>(null)
  let loads = 0

  async function load(): Promise<void> {
    const current = ++loads
    const [found] = await Promise.all([libraryCells(), changes.load()])
    if (current !== loads) return
    cells.value = found
    isLoaded.value = true
    const known = new Set(found.map((cell) => cell.id))
    selection.value = new Set([...selection.value].filter((id) => known.has(id)))
  }

  function select(ids: Iterable<string>): void {
    selection.value = new Set(ids)
  }

  function toggle(id: string): void {
    const next = new Set(selection.value)
    if (!next.delete(id)) next.add(id)
    selection.value = next
  }

  /** One change of all these cells. */
  async function change(input: RequestInput<'cells/change'>): Promise<void> {
    await saving.track(host.request('cells/change', input))
    await load()
  }

  async function remove(ids: readonly string[]): Promise<void> {
    await saving.track(host.request('cells/remove', { ids: [...ids] }))
    await load()
  }

  async function restore(ids: readonly string[]): Promise<void> {
    await saving.track(host.request('cells/restore', { ids: [...ids] }))
    await load()
  }

  const byId = computed(() => new Map(cells.value.map((cell) => [cell.id, cell])))
  return { cells, isLoaded, selection, opened, byId, load, select, toggle, change, remove, restore }
})
