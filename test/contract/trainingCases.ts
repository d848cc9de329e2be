import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type {
  RequestInput,
  RequestName,
  RequestOutput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'

export interface Asking {
  readonly ask: <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options?: { signal?: AbortSignal; progress?: (message: RequestProgress<N>) => void },
  ) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** A cell of the library. */
  readonly cell: () => string
  readonly reopen: () => Promise<void>
  /** Folder of the sample cells. */
  readonly samples: string
}

/** The requests about training, in this order. */
export function trainingCases({ ask, failure, cell, reopen, samples }: Asking): void {
  it('training runs on its own, can be watched, and its model answers', async () => {
    const presets = await ask('training/presets', {})
    expect(presets.find((preset) => preset.name === 'demo')).toMatchObject({
      group: 'sample',
      simulated: true,
      missing: [],
    })
    const published = presets.find((preset) => preset.name === 'legacy-ul-nca-cy25-025')
    expect(published).toMatchObject({ group: 'legacy' })
    expect(published?.missing).toContain('UL-NCA/CY25-025_1-#1.csv')
    const demo = presets.find((preset) => preset.name === 'demo')!
    const split = demo.split.flatMap(({ files }) => files)
    expect(demo.split.map(({ role }) => role)).toEqual(expect.arrayContaining(['train', 'validation']))
    expect(new Set(split).size).toBe(demo.cells)
    expect(split).toHaveLength(demo.cells)
    expect(published?.split.flatMap(({ files }) => files)).toContain('UL-NCA/CY25-025_1-#1.csv')
    const { id } = await ask('training/start', { preset: 'demo', name: 'Lauf 1', epochs: 1, seed: 3 })
    const stop = new AbortController()
    const watching = ask('training/watch', { id }, { signal: stop.signal })
    stop.abort()
    await expect(watching).rejects.toMatchObject({ kind: 'cancelled' })
    const seen: number[] = []
    const ended = await ask(
      'training/watch',
      { id },
      { progress: ({ history }) => seen.push(history.length) },
    )
    expect(ended).toMatchObject({ state: 'finished', bestEpoch: 1, error: null, seed: 3, secondsLeft: null })
    expect(ended.data.map(({ sha256 }) => sha256)).toContainEqual(expect.stringMatching(/^[0-9a-f]{64}$/))
    expect(ended.threads).toBeGreaterThan(0)
    expect(ended.settings).toMatchObject({ recipe: 'joint', epochs: 1 })
    expect(ended.history).toHaveLength(1)
    expect(seen.length).toBeGreaterThan(0)
    expect(await ask('training/list', {})).toEqual([ended])
    const answer = await ask('assessments/preview', { cell: cell(), model: 'Lauf 1' })
    expect(answer).toMatchObject({ model: { name: 'Lauf 1' }, simulated: true })
    const manifest = readFileSync(join(ended.modelFolder!, 'manifest.json'), 'utf8')
    expect(manifest).not.toContain(samples)
  })

  it('of two runs started at once under one name only one begins', async () => {
    const start = () => ask('training/start', { preset: 'demo', name: 'Zwilling', epochs: 500 })
    const outcomes = await Promise.allSettled([start(), start()])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') await ask('training/cancel', { id: outcome.value.id })
      else expect(outcome.reason).toMatchObject({ code: 'model-exists' })
    }
  })

  it('a paused run waits, goes on when continued, and can be cancelled while it waits', async () => {
    const { id } = await ask('training/start', { preset: 'demo', name: 'Pause', epochs: 500 })
    expect(await ask('training/pause', { id })).toMatchObject({ state: 'paused' })
    expect((await ask('training/list', {})).find((run) => run.id === id)).toMatchObject({ state: 'paused' })
    expect(await ask('training/continue', { id })).toMatchObject({ state: 'running' })
    await ask('training/pause', { id })
    expect(await ask('training/cancel', { id })).toMatchObject({ state: 'cancelled' })
    expect(await ask('training/pause', { id })).toMatchObject({ state: 'cancelled' })
  })

  it('training/compare sets runs side by side: what differs first, scores by condition', async () => {
    const { id } = await ask('training/start', { preset: 'demo', name: 'Lauf 1b', epochs: 2, seed: 4 })
    await ask('training/watch', { id })
    const other = (await ask('training/list', {})).find(({ name }) => name === 'Lauf 1')
    const ids = [other?.id ?? '', id]
    const { runs, settings, files, scores, sameJudged } = await ask('training/compare', { ids })
    expect(runs.map(({ label }) => label)).toEqual(['Lauf 1', 'Lauf 1b'])
    expect(settings.filter(({ differs }) => differs)).toEqual([
      { name: 'seed', values: [3, 4], differs: true },
      { name: 'epochs', values: [1, 2], differs: true },
    ])
    expect(files.length).toBeGreaterThan(2)
    expect(files.every(({ differs }) => !differs)).toBe(true)
    expect(runs[0].dataSha256).toBe(runs[1].dataSha256)
    expect(sameJudged).toBe(true)
    expect(scores[0]).toMatchObject({ judged: 'validation' })
    expect(scores[0].values.every((score) => (score?.trajectory ?? 0) > 0)).toBe(true)
    expect(runs[0].model?.total.present).toBeGreaterThan(0)
    expect((await failure('training/compare', { ids: [id, id] })).code).toBe('same-run')
    expect((await failure('training/compare', { ids: [id, 'none'] })).code).toBe('no-such-run')
  })

  it('training/cancel leaves no model', async () => {
    const { id } = await ask('training/start', { preset: 'demo', name: 'Lauf 2', epochs: 500 })
    expect(await ask('training/cancel', { id })).toMatchObject({ state: 'cancelled', modelFolder: null })
    expect((await ask('models/list', {})).map((model) => model.name)).not.toContain('Lauf 2')
  })

  it('training/note keeps what the user says of a run', async () => {
    const [{ id }] = await ask('training/list', {})
    expect(await ask('training/note', { id, notes: 'zu früh' })).toMatchObject({ notes: 'zu früh' })
    expect((await failure('training/note', { id: 'none', notes: '' })).code).toBe('no-such-run')
  })

  it('training/resume goes on with a run that the program left, which can also be given up', async () => {
    const { id } = await ask('training/start', { preset: 'demo', name: 'Lauf 3', epochs: 500 })
    await firstEpoch(ask, id)
    await reopen()
    const left = (await ask('training/list', {})).find((run) => run.id === id)
    expect(left).toMatchObject({ state: 'interrupted', error: null })
    expect(await ask('training/resume', { id })).toMatchObject({ state: 'running', endedAt: null })
    expect((await failure('training/resume', { id })).code).toBe('run-not-resumable')
    await reopen()
    expect((await failure('training/start', { preset: 'demo', name: 'Lauf 3' })).code).toBe('run-unfinished')
    expect(await ask('training/cancel', { id })).toMatchObject({ state: 'cancelled' })
    const again = await ask('training/start', { preset: 'demo', name: 'Lauf 3', epochs: 500 })
    await ask('training/cancel', { id: again.id })
  })
}

/** Resolves once a run has ended its first epoch. */
export async function firstEpoch(ask: Asking['ask'], id: string): Promise<void> {
  const stop = new AbortController()
  const progress = ({ history }: RequestProgress<'training/watch'>) => history.length > 0 && stop.abort()
  await ask('training/watch', { id }, { signal: stop.signal, progress }).catch(() => undefined)
}
