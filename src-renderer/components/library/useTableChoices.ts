import { ref, shallowRef, watch } from 'vue'
import type { CellColumn, CellOrder } from './cellOrder.ts'
import { allColumns } from './tableColumns.ts'

const key = 'pimoe-library-table'

interface Choices {
  readonly columns: readonly CellColumn[]
  readonly order: CellOrder
  readonly isGrouped: boolean
  readonly isPanelOpen: boolean
}

const start: Choices = {
  columns: ['name', 'chemistry', 'nominal', 'cycles', 'soh', 'capacity', 'evidence', 'grade', 'lot', 'tags'],
  order: { column: 'name', isDescending: false },
  isGrouped: false,
  isPanelOpen: true,
}

/** How the table is looked at, as it was left. */
export function useTableChoices() {
  const stored = storedChoices()
  const columns = shallowRef<readonly CellColumn[]>(stored.columns)
  const order = shallowRef<CellOrder>(stored.order)
  const isGrouped = ref(stored.isGrouped)
  const isPanelOpen = ref(stored.isPanelOpen)
  watch([columns, order, isGrouped, isPanelOpen], () => {
    const choices = {
      columns: columns.value,
      order: order.value,
      isGrouped: isGrouped.value,
      isPanelOpen: isPanelOpen.value,
    }
    localStorage.setItem(key, JSON.stringify(choices))
  })
  return { columns, order, isGrouped, isPanelOpen }
}

/** An older window may have kept something else. */
function storedChoices(): Choices {
  try {
    const found = { ...start, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Choices>) }
    const known = new Set<string>(allColumns.map(({ id }) => id))
    const columns = found.columns.filter((column) => known.has(column))
    const order = known.has(found.order.column) ? found.order : start.order
    return { ...found, order, columns: columns.length === 0 ? start.columns : columns }
  } catch {
    return start
  }
}
