import { randomUUID } from 'node:crypto'
import type { Application } from '../../src-shared/contract/requests.ts'
import type { Parts } from './parts.ts'
import { unknownName } from './unknownName.ts'

export function scenarioRequests(
  parts: Parts,
): Pick<Application, 'scenarios/list' | 'scenarios/save' | 'scenarios/remove'> {
  return {
    'scenarios/list': async () => (await parts.library()).scenarios.list(),
    'scenarios/save': async ({ id, scenario }) => {
      const stored = { id: id ?? randomUUID(), scenario, changedAt: new Date().toISOString() }
      const library = await parts.library()
      library.scenarios.save(stored)
      return stored
    },
    'scenarios/remove': async ({ id }) => {
      const library = await parts.library()
      const removed = library.scenarios.remove(id)
      if (removed === 0)
        throw unknownName(
          'scenario',
          id,
          library.scenarios.list().map((stored) => stored.id),
        )
      return { removed }
    },
  }
}
