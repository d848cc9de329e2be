import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { DefaultModels } from '../../src-shared/contract/models.ts'
import type { RequestInput } from '../../src-shared/contract/requests.ts'
import { host } from '../host/host.ts'
import { useApplication } from './application.ts'
import { useModels } from './models.ts'
import { useSaving } from './saving.ts'

/** Which model answers where none is named, and which ones did before. */
export const useDefaultModels = defineStore('defaultModels', () => {
  const defaults = shallowRef<DefaultModels | null>(null)
  const saving = useSaving()

  async function load(): Promise<void> {
    defaults.value = await host.request('models/defaults', {})
  }

  async function promote(input: RequestInput<'models/promote'>): Promise<void> {
    await saving.track(host.request('models/promote', input))
    await loadAll()
  }

  async function rollBack(input: RequestInput<'models/roll-back'>): Promise<void> {
    await saving.track(host.request('models/roll-back', input))
    await loadAll()
  }

  async function loadAll(): Promise<void> {
    await Promise.all([load(), useModels().load(), useApplication().refresh()])
  }

  return { defaults, load, promote, rollBack }
})
