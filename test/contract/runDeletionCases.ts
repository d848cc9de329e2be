import { expect, it } from 'vitest'
import { firstEpoch, type Asking } from './trainingCases.ts'

/** The requests about deleting runs; after those about training and defaults. */
export function runDeletionCases({ ask, failure, reopen }: Pick<Asking, 'ask' | 'failure' | 'reopen'>): void {
  it('training/deletion and training/delete: what goes on or was promoted stays, the rest goes for good', async () => {
    const runs = await ask('training/list', {})
    const promoted = runs.find(({ name }) => name === 'Lauf 1')?.id ?? ''
    const finished = runs.find(({ name }) => name === 'Lauf 1b')?.id ?? ''
    const cancelled = runs.find(({ name }) => name === 'Lauf 2')?.id ?? ''
    const { id: going } = await ask('training/start', { preset: 'demo', name: 'Lauf 4', epochs: 500 })
    const ids = [promoted, finished, cancelled, going]
    const plan = await ask('training/deletion', { ids })
    expect(plan.runs.map(({ keptBecause, model }) => [keptBecause, model])).toEqual([
      ['Lauf 1, which was or is the default, rests on it', 'Lauf 1'],
      [null, 'Lauf 1b'],
      [null, null],
      ['It goes on; cancel it first', null],
    ])
    expect(await ask('training/list', {})).toHaveLength(runs.length + 1)
    expect((await failure('training/delete', { ids: [finished, 'none'] })).code).toBe('no-such-run')
    expect(await ask('training/delete', { ids })).toEqual(plan)
    const left = (await ask('training/list', {})).map(({ id }) => id)
    expect(ids.filter((id) => left.includes(id))).toEqual([promoted, going])
    expect((await ask('models/list', {})).map(({ name }) => name)).toContain('Lauf 1b')
    const [entry] = (await ask('log/list', {})).filter(({ kind }) => kind === 'run-deletion')
    expect(entry).toMatchObject({ subject: 'Lauf 2', detail: { state: 'cancelled' } })
    await ask('training/cancel', { id: going })
  })

  it('training/delete of an interrupted run frees its name', async () => {
    const { id } = await ask('training/start', { preset: 'demo', name: 'Lauf 5', epochs: 500 })
    await firstEpoch(ask, id)
    await reopen()
    expect((await ask('training/delete', { ids: [id] })).runs).toMatchObject([{ state: 'interrupted' }])
    const again = await ask('training/start', { preset: 'demo', name: 'Lauf 5', epochs: 500 })
    await ask('training/cancel', { id: again.id })
  })
}
