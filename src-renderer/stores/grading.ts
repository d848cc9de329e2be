import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { StoredRules } from '../../src-shared/contract/grading.ts'
import type { GradingRules } from '../../src-shared/grading/rules.ts'
import { host } from '../host/host.ts'
import { useSaving } from './saving.ts'

/** The versions of the grading rules, and the rules being edited: a draft outlives leaving the page. */
export const useGrading = defineStore('grading', () => {
  const versions = shallowRef<readonly StoredRules[]>([])
  const draft = shallowRef<GradingRules | null>(null)
  const past = shallowRef<readonly GradingRules[]>([])
  const isLoaded = ref(false)
  const saving = useSaving()

  const newest = computed(() => versions.value.at(0) ?? null)
  const isChanged = computed(() => JSON.stringify(draft.value) !== JSON.stringify(newest.value?.rules))
  const canUndo = computed(() => past.value.length > 0)

  async function load(): Promise<void> {
    const isUntouched = !isChanged.value || draft.value === null
    versions.value = await host.request('grading/rules', {})
    if (isUntouched) draft.value = newest.value?.rules ?? null
    isLoaded.value = true
  }

  function edit(next: GradingRules): void {
    if (draft.value !== null) past.value = [...past.value, draft.value].slice(-100)
    draft.value = next
  }

  function undo(): void {
    draft.value = past.value.at(-1) ?? draft.value
    past.value = past.value.slice(0, -1)
  }

  /** The draft becomes the newest version. */
  async function save(note: string): Promise<StoredRules | null> {
    const rules = draft.value
    if (rules === null) return null
    const { saved } = await saving.track(host.request('grading/save', { rules, note }))
    versions.value = [saved, ...versions.value]
    draft.value = saved.rules
    past.value = []
    return saved
  }

  return { versions, draft, isLoaded, newest, isChanged, canUndo, load, edit, undo, save }
})
