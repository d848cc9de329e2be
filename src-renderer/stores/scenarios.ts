import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { StoredScenario } from '../../src-shared/contract/scenarios.ts'
import type { Scenario } from '../../src-shared/forecast/scenario.ts'
import { host } from '../host/host.ts'
import { useSaving } from './saving.ts'

export const useScenarios = defineStore('scenarios', () => {
  const stored = shallowRef<readonly StoredScenario[]>([])
  const isLoaded = ref(false)
  const saving = useSaving()

  async function load(): Promise<void> {
    stored.value = await host.request('scenarios/list', {})
    isLoaded.value = true
  }

  /** A new version of `id`, or the newest again where this edit began it (`amends`). */
  async function save(
    scenario: Scenario,
    { id, amends }: { id?: string; amends?: number | undefined } = {},
  ): Promise<StoredScenario> {
    const of = id === undefined ? {} : { id }
    return keep(
      await saving.track(
        host.request('scenarios/save', { scenario, ...of, ...(amends === undefined ? {} : { amends }) }),
      ),
    )
  }

  async function importFile(path: string): Promise<StoredScenario> {
    return keep(await saving.track(host.request('scenarios/import', { path })))
  }

  async function remove(id: string): Promise<void> {
    await saving.track(host.request('scenarios/remove', { id }))
    stored.value = stored.value.filter((other) => other.id !== id)
  }

  async function restore(id: string): Promise<StoredScenario> {
    return keep(await saving.track(host.request('scenarios/restore', { id })))
  }

  function keep(answer: StoredScenario): StoredScenario {
    const others = stored.value.filter((other) => other.id !== answer.id)
    const place = stored.value.findIndex((other) => other.id === answer.id)
    stored.value = others.toSpliced(place === -1 ? others.length : place, 0, answer)
    return answer
  }

  /** Whether another scenario than `id` has this name; commands and tables tell plans by their names. */
  function isTaken(name: string, id?: string): boolean {
    return stored.value.some((other) => other.id !== id && other.scenario.name === name.trim())
  }

  return { stored, isLoaded, load, save, importFile, remove, restore, isTaken }
})
