import { useRouter } from 'vue-router'
import type { StoredScenario } from '../../../src-shared/contract/scenarios.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { host } from '../../host/host.ts'
import { RequestError } from '../../host/requestError.ts'
import { pickFiles } from '../../host/pickFiles.ts'
import { t } from '../../locales/en.ts'
import { useScenarios } from '../../stores/scenarios.ts'
import { useNotices } from '../useNotices.ts'

/** Making, taking in and removing scenarios; what is new is opened, what fails is told. */
export function useScenarioList() {
  const router = useRouter()
  const notices = useNotices()
  const scenarios = useScenarios()

  async function open(made: Promise<StoredScenario>): Promise<void> {
    try {
      const { id } = await made
      await router.replace(`/scenarios/${encodeURIComponent(id)}`)
    } catch (error) {
      notices.failed(error)
    }
  }

  function create(scenario: Scenario): Promise<void> {
    return open(scenarios.save({ ...scenario, name: freeName(scenario.name) }))
  }

  function freeName(wanted: string): string {
    let name = wanted
    for (let number = 2; scenarios.isTaken(name); number++) name = `${wanted.slice(0, 110)} ${String(number)}`
    return name
  }

  async function importFiles(): Promise<void> {
    await takeIn(await pickFiles({ accept: '.json,application/json', multiple: true }))
  }

  async function takeIn(files: readonly File[]): Promise<void> {
    if (files.length === 0) return
    try {
      const { paths, refused } = await host.pathsOf(files)
      for (const { error } of refused) notices.failed(new RequestError(error))
      for (const path of paths) await open(scenarios.importFile(path))
    } catch (error) {
      notices.failed(error)
    }
  }

  async function remove(id: string, name: string): Promise<void> {
    try {
      await scenarios.remove(id)
      await router.replace('/scenarios')
      notices.undoable(t.scenarios.removed(name), () => open(scenarios.restore(id)))
    } catch (error) {
      notices.failed(error)
    }
  }

  return { create, importFiles, remove }
}
