import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLibrary } from '../../src-main/library/openLibrary.ts'
import { createApplication, type RunningApplication } from '../../src-main/services/application.ts'
import { dispatch } from '../../src-main/services/dispatch.ts'
import { programPlaces } from '../../src-main/services/places.ts'
import { requestSchemas } from '../../src-main/services/requestSchemas.ts'
import { toWireError } from '../../src-main/services/wireError.ts'
import type {
  RequestInput,
  RequestName,
  RequestOutput,
  RequestProgress,
  ImportedFile,
} from '../../src-shared/contract/requests.ts'
import { assess } from '../../src-shared/forecast/assess.ts'
import { readModelPackage } from '../../src-main/checkpoints/modelPackage.ts'
import { kernelForward } from '../../src-main/kernels/kernelForward.ts'
import { sharedGolden } from '../support/shared.ts'
import { writeTestModel } from '../support/testModel.ts'
import { cellCases } from './cellCases.ts'
import { changeCases } from './changeCases.ts'
import { datasetCases } from './datasetCases.ts'
import { comparisonCases } from './comparisonCases.ts'
import { exchangeCases } from './exchangeCases.ts'
import { followingCases } from './followingCases.ts'
import { gradingCases } from './gradingCases.ts'
import { keepingCases } from './keepingCases.ts'
import { inspectCases } from './inspectCases.ts'
import { quarantineCases } from './quarantineCases.ts'
import { runDeletionCases } from './runDeletionCases.ts'
import { readAgainCases } from './readAgainCases.ts'
import { reportCases } from './reportCases.ts'
import { scoreCases } from './scoreCases.ts'
import { scenarioCases } from './scenarioCases.ts'
import { defaultCases } from './defaultCases.ts'
import { trainingCases } from './trainingCases.ts'
import { templateCases } from './templateCases.ts'

// Every request once, over dispatch, against a real library, with the project's own sample cells.

const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
const samples = programPlaces().samples
const asked = new Set<string>()
let folder: string
let models: string
let application: RunningApplication

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pimoe-prüf-'))
  models = join(folder, 'models')
  await writeTestModel(models, 'demo')
  await writeTestModel(models, 'pimoe')
  application = newApplication()
})

afterAll(async () => {
  await application.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function newApplication(): RunningApplication {
  const library = join(folder, 'bibliothek')
  return createApplication({
    libraryFolder: library,
    host: 'http',
    modelFolders: [join(library, 'models'), models],
  })
}

/** As when the program is closed and started again. */
async function reopenApplication(): Promise<void> {
  await application.close()
  application = newApplication()
}

async function ask<N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  options: { signal?: AbortSignal; progress?: (message: RequestProgress<N>) => void } = {},
): Promise<RequestOutput<N>> {
  asked.add(name)
  const output = await dispatch(application, name, input, {
    signal: options.signal ?? new AbortController().signal,
    progress: (message) => options.progress?.(message as RequestProgress<N>),
  })
  // Only what survives every transport may leave the application.
  expect(JSON.parse(JSON.stringify(output))).toEqual(output)
  return output as RequestOutput<N>
}

async function failure(name: string, input: unknown) {
  try {
    await dispatch(application, name, input, {
      signal: new AbortController().signal,
      progress: () => undefined,
    })
  } catch (error) {
    return toWireError(error)
  }
  throw new Error(`${name} did not fail`)
}

describe('requests', () => {
  let cells: string[]

  it('app/info says where the library is and which model answers', async () => {
    expect(await ask('app/info', {})).toMatchObject({
      library: join(folder, 'bibliothek'),
      host: 'http',
      defaultModel: 'pimoe',
    })
  })

  it('samples/import reads the simulated records, once', async () => {
    const progress: number[] = []
    const early: ImportedFile[] = []
    const { files } = await ask(
      'samples/import',
      {},
      {
        progress: ({ done, read }) => {
          progress.push(done)
          if (read !== undefined) early.push(read)
        },
      },
    )
    expect(early).toEqual(files)
    expect(files.length).toBeGreaterThanOrEqual(2)
    for (const file of files) expect(file).toMatchObject({ status: 'imported', known: false })
    expect(progress).toEqual(Array.from({ length: files.length + 1 }, (_, i) => i))
    const again = await ask('samples/import', {})
    expect(again.files.map(({ cells: ids, known }) => ({ ids, known }))).toEqual(
      files.map(({ cells: ids }) => ({ ids, known: true })),
    )
    cells = files.flatMap((file) => file.cells)
  })

  it('files/import takes what it can and says why not', async () => {
    const bad = join(folder, 'leer ö.csv')
    writeFileSync(bad, '')
    const good = join(samples, 'SIM-NCA', 'CY25-05_1-#1.csv.gz')
    const paths = [bad, good, join(folder, 'missing.csv')]
    const { files } = await ask('files/import', { paths, chemistry: 'NCA', nominalCapacity_Ah: 3.5 })
    expect(files.map((file) => file.status).toSorted()).toEqual(['imported', 'refused', 'refused'])
    const imported = files.find((file) => file.status === 'imported')
    const detail = await ask('cells/get', { id: imported?.cells[0] ?? '' })
    expect(detail.description).toMatchObject({ chemistry: 'NCA', nominalCapacity_Ah: 3.5, simulated: true })
    expect(detail.records[0]).toMatchObject({ path: good, sha256: imported?.sha256 })
  })

  it('files/import stops when told and keeps whole cells only', async () => {
    const before = (await ask('cells/list', {})).length
    const stop = new AbortController()
    const paths = [join(samples, 'SIM-NCA')]
    const running = ask(
      'files/import',
      { paths },
      { signal: stop.signal, progress: ({ done }) => done === 2 && stop.abort() },
    )
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' })
    const after = await ask('cells/list', {})
    expect(after.length).toBeGreaterThanOrEqual(before + 1)
    expect(after.every((cell) => cell.cycles > 0)).toBe(true)
  })

  cellCases({ ask, failure, cells: () => cells })

  it('cells/describe changes what is stated and nothing else', async () => {
    const before = await ask('cells/get', { id: cells[0] })
    const { description } = await ask('cells/describe', {
      id: cells[0],
      changes: { temperature_degC: 25, name: 'Prüfling 1' },
    })
    expect(description).toEqual({ ...before.description, temperature_degC: 25, name: 'Prüfling 1' })
  })

  it('cells/remove is undone by cells/restore', async () => {
    expect(await ask('cells/remove', { ids: [cells[0]] })).toEqual({ removed: 1 })
    expect((await failure('cells/get', { id: cells[0] })).code).toBe('no-such-cell')
    expect(await ask('cells/restore', { ids: [cells[0]] })).toEqual({ restored: 1 })
    await ask('cells/get', { id: cells[0] })
  })

  it('assessments/preview computes and stores nothing; the demo model answers for simulated cells', async () => {
    const answer = await ask('assessments/preview', { cell: cells[0] })
    expect(answer).toMatchObject({ schema: 'pimoe-assessment/1', model: { name: 'demo' }, simulated: true })
    expect(answer.domain.findings.map((finding) => finding.code)).toContain('demo-model')
    expect(answer.trajectory).toHaveLength(12)
    expect((await ask('cells/get', { id: cells[0] })).assessments).toEqual([])
  })

  it('assessments/advice tells what would narrow the answer, and keeps nothing', async () => {
    const advice = await ask('assessments/advice', { cell: cells[0] })
    for (const { widthNow_Ah, widthThen_Ah, grade } of advice) {
      expect(widthThen_Ah).toBeLessThan(widthNow_Ah)
      expect(grade?.rules.version).toBe(1)
    }
    expect((await ask('cells/get', { id: cells[0] })).assessments).toEqual([])
    expect(await failure('assessments/advice', { cell: 'nobody' })).toMatchObject({ code: 'no-such-cell' })
  })

  it('assessments/run keeps an answer that can be computed again from the library alone', async () => {
    const scenario = { name: 'Sommer', blocks: [block] }
    const { id, assessment } = await ask('assessments/run', {
      cell: cells[0],
      model: 'pimoe',
      horizon: 10,
      scenario,
    })
    expect(await ask('assessments/get', { id })).toMatchObject({ id, assessment })
    expect((await ask('cells/list', {})).find((cell) => cell.id === cells[0])?.assessed).not.toBeNull()
    const library = openLibrary(join(folder, 'bibliothek'))
    const kept = library.assessments.find(id)!
    const again = assess({
      model: { ...(await readModelPackage(join(models, 'pimoe'))), forward: kernelForward },
      cell: {
        name: kept.description.name,
        description: kept.description,
        cycles: library.cycles.ofCell(kept.cellId),
      },
      horizon: kept.question.horizon!,
      scenario,
    })
    library.close()
    expect(again).toEqual(assessment)
    expect(kept.assessment.model.sha256).toBe(again.model.sha256)
  })

  it('cells/list keeps silent about what was assessed under another description', async () => {
    const assessed = async () =>
      (await ask('cells/list', {})).find((cell) => cell.id === cells[0])?.assessed ?? null
    const { description } = await ask('cells/get', { id: cells[0] })
    const before = await assessed()
    expect(before).not.toBeNull()
    const { simulated: _, ...present } = description
    for (const change of [
      { temperature_degC: 45 },
      { nominalCapacity_Ah: (description.nominalCapacity_Ah ?? 1) * 1.01 },
      { chemistry: 'other' },
    ]) {
      await ask('cells/describe', { id: cells[0], changes: change })
      expect(await assessed(), JSON.stringify(change)).toBeNull()
      await ask('cells/describe', { id: cells[0], changes: present })
      expect(await assessed(), JSON.stringify(change)).toEqual(before)
    }
    await ask('cells/describe', { id: cells[0], changes: { name: 'Another name' } })
    expect(await assessed()).toEqual(before)
    await ask('cells/describe', { id: cells[0], changes: { name: description.name } })
  })

  scenarioCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })

  followingCases({ ask, failure })
  comparisonCases({ ask, failure, cells: () => cells })

  it('batches/run writes every answer to one file, or nothing', async () => {
    const scenarios = [25, 5].map((temperature_degC) => ({
      name: `${temperature_degC} °C`,
      blocks: [{ ...block, temperature_degC }],
    }))
    const progress: { done: number; total: number }[] = []
    const asked = { cells: cells.slice(0, 2), scenarios }
    const { file, answers, refused } = await ask('batches/run', asked, {
      progress: (message) => progress.push(message),
    })
    expect({ answers, refused }).toEqual({ answers: 4, refused: 0 })
    expect(progress.at(-1)).toEqual({ done: 4, total: 4 })
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const { id, ...second } = JSON.parse(lines[1]) as { id: string }
    expect(second).toEqual(await ask('assessments/preview', { cell: id, scenario: scenarios[1] }))
    const cancelled = ask('batches/run', asked, { signal: AbortSignal.abort() })
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' })
    expect(readdirSync(dirname(file))).toEqual([basename(file)])
  }, 60_000)

  it('models/list names the default', async () => {
    const listed = await ask('models/list', {})
    expect(listed.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['demo', false],
      ['pimoe', true],
    ])
    expect(listed[0]).toMatchObject({ card: '# demo\n', manifest: { simulated: true } })
  })

  const checkpoint = sharedGolden('checkpoints', 'LSD.pth')
  it.skipIf(checkpoint === null)(
    'models/import makes a package of a checkpoint (needs ../shared)',
    async () => {
      const input = { checkpoint: checkpoint!, scaler: sharedGolden('scalers.json')!, name: 'Netz ö' }
      expect(await ask('models/import', input)).toMatchObject({ name: 'Netz ö', isDefault: false })
      expect((await failure('models/import', input)).code).toBe('model-exists')
    },
  )

  it('a damaged package hides no other', async () => {
    const damaged = await writeTestModel(models, 'kaputt')
    writeFileSync(join(damaged, 'weights.safetensors'), 'x')
    expect((await ask('models/list', {})).map((model) => model.name)).not.toContain('kaputt')
    expect(await failure('assessments/preview', { cell: cells[0], model: 'kaputt' })).toMatchObject({
      kind: 'refused',
      code: 'weights-changed',
    })
    rmSync(damaged, { recursive: true })
  })

  it('models/import refuses what is no checkpoint', async () => {
    asked.add('models/import')
    const file = join(folder, 'x.pth')
    copyFileSync(join(models, 'demo', 'card.md'), file)
    expect(await failure('models/import', { checkpoint: file })).toMatchObject({ kind: 'refused' })
  })

  it('models/export gives one file that an import takes back', async () => {
    const exported = await ask('models/export', { model: 'demo', format: 'safetensors' })
    expect(exported.fileName).toBe('demo.safetensors')
    const file = join(folder, 'Zurück.safetensors')
    writeFileSync(file, Buffer.from(exported.base64, 'base64'))
    const demo = (await ask('models/list', {})).find((model) => model.name === 'demo')!
    const { manifest } = await ask('models/import', { checkpoint: file })
    const { name, weightsSha256 } = demo.manifest
    expect({ ...manifest, name, weightsSha256 }).toEqual(demo.manifest)
    expect((await failure('models/export', { model: 'nie', format: 'onnx' })).code).toBe('no-such-model')
  })

  trainingCases({ ask, failure, cell: () => cells[0], reopen: reopenApplication, samples })
  defaultCases({ ask, failure, cell: () => cells[0] })
  runDeletionCases({ ask, failure, reopen: reopenApplication })

  gradingCases({ ask, failure, cell: () => cells[0] })
  exchangeCases({ ask, failure, cell: () => cells[0], folder: () => folder })

  quarantineCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })
  templateCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })

  inspectCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })
  datasetCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })
  readAgainCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })
  scoreCases({ ask, failure, folder: () => folder, samples })

  reportCases({ ask, failure, cells: () => cells })
  changeCases({ ask, failure, cells: () => cells, places: () => ({ folder, library: '' }) })
  keepingCases({ ask, failure, places: () => ({ folder, library: join(folder, 'bibliothek') }) })

  it('reports/preview finds a default model whose folder was renamed', async () => {
    const shelf = join(folder, 'umbenannt')
    renameSync(await writeTestModel(shelf, 'Werk 7'), join(shelf, 'pimoe'))
    const other = createApplication({
      libraryFolder: join(folder, 'bibliothek'),
      host: 'http',
      modelFolders: [shelf],
    })
    const context = { signal: new AbortController().signal, progress: () => undefined }
    expect(await other['reports/preview']({ cell: cells[0] }, context)).toMatchObject({
      mediaType: 'application/pdf',
    })
    await other.close()
  })

  it('were all asked', () => {
    expect([...asked].toSorted()).toEqual(Object.keys(requestSchemas).toSorted())
  })
})

describe('wrong requests', () => {
  it.each([
    ['toString', {}, 'no-such-request'],
    ['__proto__', {}, 'no-such-request'],
    ['cells/delete', {}, 'no-such-request'],
    ['cells/get', {}, 'bad-input'],
    ['cells/get', null, 'bad-input'],
    ['cells/get', { id: 5 }, 'bad-input'],
    ['cells/get', { id: 'x', extra: true }, 'bad-input'],
    ['cells/list', undefined, 'bad-input'],
    ['cells/cycle', { id: 'x', row: -1 }, 'bad-input'],
    ['cells/describe', { id: 'x', changes: { nominalCapacity_Ah: 0 } }, 'bad-input'],
    ['cells/describe', { id: 'x', changes: { simulated: false } }, 'bad-input'],
    ['files/import', { paths: [] }, 'bad-input'],
    ['assessments/preview', { cell: 'x', threshold: 80 }, 'bad-input'],
    ['assessments/preview', { cell: 'x', horizon: 0 }, 'bad-input'],
    ['assessments/preview', { cell: 'x', horizon: 2.5 }, 'bad-input'],
    ['assessments/preview', { cell: 'x', nominalCapacity_Ah: NaN }, 'bad-input'],
    ['assessments/preview', { cell: 'x', scenario: { name: 'x', blocks: [] } }, 'bad-input'],
    ['assessments/get', { id: 'no such' }, 'no-such-assessment'],
    ['training/start', { preset: 'nonsense', name: 'x' }, 'no-such-preset'],
    ['training/start', { preset: 'demo', name: '../x' }, 'bad-model-name'],
    ['training/start', { preset: 'demo', name: 'pimoe' }, 'model-exists'],
    ['training/watch', { id: 'no such' }, 'no-such-run'],
  ])('%s %j fails with %s', async (name, input, code) => {
    expect(await failure(name, input)).toMatchObject({
      kind: code === 'no-such-cell' ? 'refused' : 'usage',
      code,
      advice: expect.stringMatching(/\w/) as string,
    })
  })

  it('a cell that is not there is refused as an input', async () => {
    const missing = { kind: 'refused', code: 'no-such-cell' }
    expect(await failure('assessments/preview', { cell: 'no such' })).toMatchObject(missing)
    expect(await failure('comparisons/run', { cells: ['no such'], scenarios: [] })).toMatchObject(missing)
  })

  it('a stated chemistry that the model does not know is refused', async () => {
    const [cell] = await ask('cells/list', {})
    expect(await failure('assessments/run', { cell: cell.id, chemistry: 'LFP' })).toMatchObject({
      kind: 'refused',
      code: 'unknown-chemistry',
    })
  })
})
