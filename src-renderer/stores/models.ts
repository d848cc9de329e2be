import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ModelSummary } from '../../src-shared/contract/requests.ts'
import { host } from '../host/host.ts'

export const useModels = defineStore('models', () => {
  const installed = shallowRef<readonly ModelSummary[]>([])
  const isLoaded = ref(false)

  async function load(): Promise<void> {
    installed.value = await host.request('models/list', {})
    isLoaded.value = true
  }

  const standard = computed(() => installed.value.find((model) => model.isDefault) ?? null)
  /** Chemistries that some installed model knows. */
  const chemistries = computed(() => [
    ...new Set(
      installed.value.flatMap(
        (model) => model.manifest.domain?.cellTypes.map((type) => type.chemistry) ?? [],
      ),
    ),
  ])
  return { installed, isLoaded, standard, chemistries, load }
})
