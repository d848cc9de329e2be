import type { Application } from '../../src-shared/contract/requests.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'

export function trainingService(_: Parts, __: ModelShelf): { requests: Pick<Application, 'training/presets' | 'training/start' | 'training/list' | 'training/watch' | 'training/cancel'>; close: () => Promise<void> } {
  const missing = async () => { throw new Error('training is not wired yet') }
  return { requests: { 'training/presets': async () => [], 'training/start': missing, 'training/list': async () => (await _.library()).runs.list(), 'training/watch': missing, 'training/cancel': missing }, close: async () => {} }
}
