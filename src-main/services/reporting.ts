import type { Application } from '../../src-shared/contract/requests.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'

export function reportRequests(_: Parts, __: ModelShelf): Pick<Application, 'reports/cell'> {
  return { 'reports/cell': async () => { throw new Error('reports are not wired yet') } }
}
