import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { toWireError } from '../../src-main/services/wireError.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'

interface Asking {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** A simulated cell of the library. */
  readonly cell: () => string
}

/** The requests about the default model; the run `Lauf 1` has been trained before. */
export function defaultCases({ ask, failure, cell }: Asking): void {
  const model = 'Lauf 1'
  const answering = async (): Promise<string> =>
    (await ask('assessments/preview', { cell: cell() })).model.name

  it('models/weigh judges a model beside the present default on the validation cells of its run', async () => {
    const { conditions, candidate, present, notes, simulated } = await ask('models/weigh', { model })
    expect(candidate.name).toBe(model)
    expect(present?.name).toBe('pimoe')
    expect(simulated).toBe(true)
    expect(notes).toEqual([])
    expect(conditions.length).toBeGreaterThan(0)
    for (const one of conditions) {
      expect(one.trainedOn).toEqual({ candidate: 0, present: 0 })
      expect(one.candidate.trajectory).toBeGreaterThan(0)
      expect(one.present?.windows).toBe(one.candidate.windows)
    }
    const unknown = await ask('models/weigh', { model: 'demo' })
    expect(unknown).toMatchObject({
      conditions: [],
      notes: [expect.stringContaining('no run of this model')],
    })
  })

  it('models/tune says what each chosen cell lacks, and which models cannot be tuned', async () => {
    const { id, description, records } = await ask('cells/get', { id: cell() })
    const cells = [id, description.name]
    const pimoe = join(import.meta.dirname, '../../models/pimoe')
    const failed = await ask('models/tune', { model: pimoe, cells, name: 'eigenes' }).catch(toWireError)
    expect(failed).toMatchObject({ code: 'too-few-cells', kind: 'not-determinable' })
    expect(JSON.stringify(failed).split('are of no trained type')).toHaveLength(2)
    const tuned = temporaryFolder()
    cpSync(pimoe, tuned, { recursive: true })
    const manifest = JSON.parse(readFileSync(join(tuned, 'manifest.json'), 'utf8')) as object
    const data = [records[0].sha256]
    const parent = { name: 'pimoe', sha256: data[0] }
    const tuning = { parent, type: 'own', cells: 1, prototypes: 1, ridge: 1, data, isBetter: true }
    writeFileSync(join(tuned, 'manifest.json'), JSON.stringify({ ...manifest, tuning }))
    const again = await ask('models/tune', { model: tuned, cells }).catch(toWireError)
    expect(JSON.stringify(again)).toContain('was trained or tuned on it')
    expect((await failure('models/tune', { model: 'demo', cells })).code).toBe('not-tunable')
    expect((await ask('models/list', {})).map(({ name }) => name)).not.toContain('eigenes')
  })

  it('models/tunable counts what cells offer, and says why one does not count', async () => {
    const pimoe = join(import.meta.dirname, '../../models/pimoe')
    const told = await ask('models/tunable', { model: pimoe, cells: [cell()] })
    expect(told.model.name).toBe('pimoe')
    expect(told.cells).toEqual([
      {
        cell: cell(),
        name: expect.any(String) as string,
        type: null,
        rows: null,
        reason: 'its chemistry and rated capacity are of no trained type',
      },
    ])
    expect((await failure('models/tunable', { model: pimoe, cells: ['none'] })).code).toBe('no-such-cell')
    expect((await failure('models/tunable', { model: 'demo', cells: [cell()] })).code).toBe('not-tunable')
  })

  it('models/promote makes a model the default, and says who and why; kept assessments keep theirs', async () => {
    const kept = await ask('assessments/run', { cell: cell() })
    const promoted = await ask('models/promote', { model, by: 'Ada', note: 'better on our cells' })
    expect(promoted).toMatchObject({ sequence: 1, action: 'promoted', by: 'Ada', model: { name: model } })
    expect(await answering()).toBe(model)
    expect(
      (await ask('models/list', {})).filter(({ isDefault }) => isDefault).map(({ name }) => name),
    ).toEqual([model])
    expect((await ask('app/info', {})).defaultModel).toBe(model)
    expect((await ask('assessments/get', { id: kept.id })).assessment.model).toEqual(kept.assessment.model)
    const [entry] = await ask('log/list', { limit: 1 })
    expect(entry).toMatchObject({
      kind: 'default-model',
      subject: model,
      detail: { action: 'promoted', by: 'Ada', note: 'better on our cells' },
    })
    expect((await failure('models/promote', { model: 'none', note: '' })).code).toBe('no-such-model')
  })

  it('models/defaults says what is wrong with a promoted package, and no other answers in its stead', async () => {
    const folder = modelFolder(await ask('training/list', {}), model)
    renameSync(folder, `${folder}.away`)
    expect(await ask('models/defaults', {})).toMatchObject({
      current: model,
      problem: { code: 'default-model-missing', kind: 'not-determinable' },
    })
    expect((await failure('assessments/preview', { cell: cell() })).code).toBe('default-model-missing')
    renameSync(`${folder}.away`, folder)
    const file = join(folder, 'weights.safetensors')
    const weights = readFileSync(file)
    writeFileSync(
      file,
      weights.map((byte, i) => (i === weights.length - 5 ? byte ^ 1 : byte)),
    )
    touchManifest(folder)
    expect((await ask('models/defaults', {})).problem?.code).toBe('default-model-damaged')
    writeFileSync(file, weights)
    const manifest = join(folder, 'manifest.json')
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace(/"seed": \d+/, '"seed": 99'))
    expect((await ask('models/defaults', {})).problem?.code).toBe('default-model-changed')
    writeFileSync(manifest, text)
    expect((await ask('models/defaults', {})).problem).toBeNull()
  })

  it('models/roll-back makes an earlier default, or the one of the program, the default again', async () => {
    expect(await ask('models/roll-back', { to: 0, note: 'too narrow' })).toMatchObject({
      sequence: 2,
      action: 'rolled-back',
      model: null,
    })
    expect((await ask('app/info', {})).defaultModel).toBe('pimoe')
    await ask('models/roll-back', { to: 1, note: 'after all' })
    expect(await answering()).toBe(model)
    await ask('models/roll-back', { to: 2, note: '' })
    const { current, history } = await ask('models/defaults', {})
    expect(current).toBe('pimoe')
    expect(history.map(({ sequence, note }) => [sequence, note])).toEqual([
      [4, ''],
      [3, 'after all'],
      [2, 'too narrow'],
      [1, 'better on our cells'],
    ])
    expect((await failure('models/roll-back', { to: 9, note: '' })).code).toBe('no-such-default')
    expect((await ask('log/check', {})).problems).toEqual([])
  })
}

function modelFolder(runs: RequestOutput<'training/list'>, name: string): string {
  return runs.find((run) => run.name === name)?.modelFolder ?? ''
}

/** So that the package is read again. */
function touchManifest(folder: string): void {
  const file = join(folder, 'manifest.json')
  writeFileSync(file, readFileSync(file))
}
