import { randomUUID } from 'node:crypto'
import type { Application } from '../../../src-shared/contract/requests.ts'
import type { ScenarioRequests } from '../../../src-shared/contract/scenarios.ts'
import type { Failure } from '../../../src-shared/failure/failure.ts'
import { scenarioPresets } from '../../../src-shared/forecast/scenarioPresets.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { Parts } from '../parts.ts'
import { readScenarioFile } from './scenarioFile.ts'
import { unknownName } from '../unknownName.ts'

export function scenarioRequests(parts: Parts): Pick<Application, keyof ScenarioRequests> {
  return {
    'scenarios/list': async () => (await parts.library()).scenarios.list(),
    'scenarios/save': async ({ id = randomUUID(), ...saved }) =>
      (await parts.library()).scenarios.save({ id, ...saved, changedAt: new Date().toISOString() }),
    'scenarios/import': async ({ path }) => {
      const scenario = await readScenarioFile(path)
      const { scenarios } = await parts.library()
      const name = freeName(
        scenario.name,
        scenarios.list().map((stored) => stored.scenario.name),
      )
      const changedAt = new Date().toISOString()
      return scenarios.save({ id: randomUUID(), scenario: { ...scenario, name }, changedAt })
    },
    'scenarios/versions': async ({ id }) => {
      const library = await parts.library()
      if (library.scenarios.list().every((stored) => stored.id !== id)) throw unknownScenario(library, id)
      return library.scenarios.versions(id)
    },
    'scenarios/remove': async ({ id }) => {
      const library = await parts.library()
      const removed = library.scenarios.remove(id, new Date().toISOString())
      if (removed === 0) throw unknownScenario(library, id)
      return { removed }
    },
    'scenarios/restore': async ({ id }) => {
      const library = await parts.library()
      library.scenarios.restore(id)
      const stored = library.scenarios.list().find((one) => one.id === id)
      if (stored === undefined) throw unknownScenario(library, id)
      return stored
    },
    'scenarios/presets': () => Promise.resolve([...scenarioPresets]),
  }
}

/** Commands and tables tell plans by their names. */
function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted
  for (let number = 2; taken.includes(name); number++) name = `${wanted.slice(0, 110)} ${number}`
  return name
}

function unknownScenario(library: Library, id: string): Failure {
  const known = library.scenarios.list().map((stored) => stored.id)
  return unknownName('scenario', id, known)
}
