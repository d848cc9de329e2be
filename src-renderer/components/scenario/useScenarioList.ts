import { useRouter } from 'vue-router'
import type { StoredScenario } from '../../../src-shared/contract/scenarios.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { host } from '../../host/host.ts'
import { RequestError } from '../../host/requestError.ts'
import { pickFiles } from '../../host/pickFiles.ts'
import { t } from '../../locales/en.ts'
import { useScenarios } from '../../stores/scenarios.ts'
import { useNotices } from '../useNotices.ts'

/** What came of scenario files. */
export interface TakenScenarios {
  readonly added: readonly StoredScenario[]
  readonly refused: readonly { readonly file: File; readonly error: unknown }[]
}

export function scenarioAddress(id: string): string {
  return `/scenarios/${encodeURIComponent(id)}`
}

/** Making, taking in and removing scenarios; what is new is opened, what fails is told. */
export function useScenarioList() {
  const router = useRouter()
  const notices = useNotices()
  const scenarios = useScenarios()

  async function open(made: Promise<StoredScenario>): Promise<void> {
    try {
      const { id } = await made
      await router.replace(scenarioAddress(id))
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
    const { added, refused } = await takeIn(
      await pickFiles({ accept: '.json,application/json', multiple: true }),
    )
    for (const { file, error } of refused) notices.failed(error, t.drop.notTaken(file.name))
    const last = added.at(-1)
    if (last !== undefined) await router.replace(scenarioAddress(last.id))
  }

  /** Each by itself: one that is refused leaves the others alone. */
  async function takeIn(files: readonly File[]): Promise<TakenScenarios> {
    const added: StoredScenario[] = []
    const refused: TakenScenarios['refused'][number][] = []
    for (const file of files) {
      try {
        const handed = await host.pathsOf([file])
        for (const { error } of handed.refused) throw new RequestError(error)
        for (const path of handed.paths) added.push(await scenarios.importFile(path))
      } catch (error) {
        refused.push({ file, error })
      }
    }
    return { added, refused }
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

  return { create, importFiles, takeIn, remove }
}
