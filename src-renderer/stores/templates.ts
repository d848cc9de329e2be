import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import type { RequestInput } from '../../src-shared/contract/requests.ts'
import { host } from '../host/host.ts'
import { useSaving } from './saving.ts'

/** Mappings that the library keeps, by name. */
export const useTemplates = defineStore('templates', () => {
  const kept = shallowRef<readonly MappingTemplate[]>([])
  const saving = useSaving()

  async function load(): Promise<void> {
    kept.value = await host.request('templates/list', {})
  }

  async function save(template: RequestInput<'templates/save'>): Promise<MappingTemplate> {
    const saved = await saving.track(host.request('templates/save', template))
    await load()
    return saved
  }

  async function remove(name: string): Promise<void> {
    await saving.track(host.request('templates/remove', { name }))
    await load()
  }

  return { kept, load, save, remove }
})
