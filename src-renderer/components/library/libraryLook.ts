import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { foundCells, orderedCells } from './cellOrder.ts'
import { keptOf } from '../panel/keptPanels.ts'
import type { Facets } from './facets.ts'
import { useTableChoices } from './useTableChoices.ts'
import { useLibrary } from '../../stores/library.ts'

/** How the library is looked at: the same in its table and in the list beside an open cell, until it is changed. */
export const useLibraryLook = defineStore('library look', () => {
  const library = useLibrary()
  const choices = useTableChoices()
  const search = ref('')
  const facets = shallowRef<Facets>({})
  const foldedKeys = keptOf<readonly string[]>('folded lots', [])
  const folded = computed<ReadonlySet<string>>(() => new Set(foldedKeys.value))
  const ordered = computed(() => orderedCells(library.cells, choices.order.value))
  const shown = computed(() => foundCells(ordered.value, search.value, facets.value))
  const isNarrowed = computed(() => Object.values(facets.value).some((chosen) => chosen.length > 0))

  function clear(): void {
    search.value = ''
    facets.value = {}
  }

  function fold(key: string): void {
    const next = new Set(folded.value)
    if (!next.delete(key)) next.add(key)
    foldedKeys.value = [...next]
  }

  return { ...choices, search, facets, folded, shown, isNarrowed, clear, fold }
})
