import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison } from '../../../src-shared/contract/comparisons.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { buildProgram } from '../../support/built.ts'
import { sharedData, sharedGolden } from '../../support/shared.ts'
import { writeTestModel } from '../../support/testModel.ts'
import { documentOf, pimoe, samples, start } from './pimoe.ts'

// The main job from the command line, with the project's own samples and a small untrained network.

const record = join(samples, 'raw', 'retired-A.csv.gz')
const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
// There a program cannot send another one Ctrl-C; it would be ended at once.
const isWindows = process.platform === 'win32'
let folder: string
let library: string
let model: string

beforeAll(async () => {
  buildProgram()
  folder = mkdtempSync(join(tmpdir(), 'pimoe prüf '))
  library = join(folder, 'Bücherei')
  model = await writeTestModel(folder, 'Netz ö')
  for (const name of ['Sommer', 'Winter ö']) {
    writeFileSync(join(folder, `${name}.json`), `\uFEFF${JSON.stringify({ name, blocks: [block] })}`)
  }
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

describe('assess', () => {
  it('answers for a file without touching a library', async () => {
    const finished = await pimoe(
      ['assess', record, '--model', model, '--scenario', join(folder, 'Sommer.json'), '--json'],
      library,
    )
    expect(finished).toMatchObject({ code: 0, stderr: '' })
    const answer = documentOf(finished) as Assessment
    expect(answer).toMatchObject({
      schema: 'pimoe-assessment/1',
      cell: 'retired-A',
      scenario: { name: 'Sommer' },
      simulated: true,
    })
    expect(answer.domain.findings.map((finding) => finding.code)).toContain('assumed-nominal-capacity')
    expect(answer.presentCapacity.evidence).toBe('extrapolated')
    expect(finished.stdout).not.toMatch(/NaN|Infinity/)
    expect(existsSync(library)).toBe(false)
  })

  it('takes what is stated, and a measured capacity', async () => {
    const words = [
      'assess',
      record,
      '--model',
      model,
      '--nominal-capacity',
      '3.4',
      '--chemistry',
      'nca',
      '--measured-capacity',
      '2.9',
      '--horizon',
      '5',
      '--threshold',
      '.7',
      '--json',
    ]
    const answer = documentOf(await pimoe(words, library)) as Assessment
    expect(answer).toMatchObject({
      nominalCapacity_Ah: 3.4,
      presentCapacity: { value_Ah: 2.9, evidence: 'measured' },
      endOfLife: { threshold: 0.7 },
    })
    expect(answer.trajectory).toHaveLength(5)
  })

  it('refuses a chemistry that the model does not know and says what it cannot determine', async () => {
    expect((await pimoe(['assess', record, '--model', model, '--chemistry', 'LFP'], library)).code).toBe(3)
    expect((await pimoe(['assess', record, '--model', model, '--horizon', '999'], library)).code).toBe(4)
    expect((await pimoe(['assess', record, '--model', model, '--cycle', '999'], library)).code).toBe(2)
  })

  it('reads a file named relative to a folder that is not ASCII', async () => {
    const place = join(folder, 'Messung 電池')
    mkdirSync(place)
    copyFileSync(record, join(place, 'Zelle 1 ö.csv.gz'))
    const finished = await pimoe(['assess', 'Zelle 1 ö.csv.gz', '--model', model, '--json'], library, place)
    expect((documentOf(finished) as Assessment).cell).toBe('Zelle 1 ö')
  })
})

describe('library', () => {
  it('imports, recognises, lists, shows and assesses a cell', async () => {
    const importOnce = async () =>
      documentOf(await pimoe(['import', record, '--json'], library)) as {
        files: { cells: string[]; known: boolean }[]
      }
    const first = (await importOnce()).files[0]
    const again = (await importOnce()).files[0]
    expect([first.known, again.known]).toEqual([false, true])
    expect(again.cells).toEqual(first.cells)
    const id = first.cells[0]
    const { cells } = documentOf(await pimoe(['cells', '--json'], library)) as { cells: { id: string }[] }
    expect(cells.map((cell) => cell.id)).toEqual([id])
    const fromLibrary = documentOf(await pimoe(['assess', id, '--model', model, '--json'], library))
    expect(fromLibrary).toEqual(
      documentOf(await pimoe(['assess', record, '--model', model, '--json'], library)),
    )
    const shown = documentOf(await pimoe(['cell', 'retired-A', '--json'], library))
    expect(shown).toMatchObject({ schema: 'pimoe-cell/1', id, assessments: [{ model: 'Netz ö' }] })
  })

  it('named with --library is another one', async () => {
    const other = join(folder, 'zweite')
    expect(documentOf(await pimoe(['cells', '--library', other, '--json'], library))).toMatchObject({
      cells: [],
    })
  })

  it('written by a newer program is refused', async () => {
    const { openLibrary } = await import('../../../src-main/library/openLibrary.ts')
    const { default: Sqlite } = await import('better-sqlite3')
    const newer = join(folder, 'neuer')
    openLibrary(newer).close()
    const database = new Sqlite(join(newer, 'library.sqlite'))
    database.pragma('user_version = 99')
    database.close()
    const finished = await pimoe(['import', record, '--library', newer, '--json'], library)
    expect(finished.code).toBe(3)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'library-newer' } })
  })
})

describe('compare', () => {
  it('ranks cells and files under scenarios', async () => {
    const scenarios = ['Sommer', 'Winter ö'].map((name) => join(folder, `${name}.json`))
    await pimoe(['import', record], library)
    const words = [
      'compare',
      'retired-A',
      join(samples, 'raw', 'retired-B.csv.gz'),
      '--scenarios',
      ...scenarios,
      '--model',
      model,
      '--json',
    ]
    const finished = await pimoe(words, library)
    const { schema, rows } = documentOf(finished) as Comparison
    expect(schema).toBe('pimoe-comparison/1')
    expect(rows.map((row) => [row.cellName, row.scenario])).toEqual([
      ['retired-A', 'Sommer'],
      ['retired-A', 'Winter ö'],
      ['retired-B', 'Sommer'],
      ['retired-B', 'Winter ö'],
    ])
    expect(rows.every((row) => row.assessment !== null && row.rank !== null)).toBe(true)

    const text = (await pimoe(words.slice(0, -1), library)).stdout.split('\n')
    expect(text[0]).toMatch(/cycles to 80 %: P10 +P50 +P90 +evidence/)
    const ranks = text.slice(1, 5).map((line) => Number(line.trim().split(' ')[0]))
    expect(ranks).toEqual(rows.map((row) => row.rank).toSorted((a, b) => Number(a) - Number(b)))
    const findings = text.slice(5)
    expect(new Set(findings).size).toBe(findings.length)
  })
})

describe('report', () => {
  it('writes one PDF and nothing beside it', async () => {
    const place = join(folder, 'Berichte')
    const out = join(place, 'Zelle ö.pdf')
    const finished = await pimoe(['report', record, '--model', model, '--out', out, '--json'], library)
    expect(documentOf(finished)).toMatchObject({ schema: 'pimoe-report/1', file: out })
    expect(readdirSync(place)).toEqual([basename(out)])
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('is verified byte by byte', async () => {
    const out = join(folder, 'geprüft.pdf')
    await pimoe(['report', record, '--model', model, '--out', out], library)
    const whole = await pimoe(['verify', out, '--model', model, '--json'], library)
    expect(documentOf(whole)).toMatchObject({
      schema: 'pimoe-verification/1',
      outcome: 'identical',
      differences: [],
      signedBy: { isOwn: true },
    })
    expect(whole.code).toBe(0)
    writeFileSync(out, readFileSync(out, 'latin1').replace('"operator": null', '"operator": "M."'), 'latin1')
    const changed = await pimoe(['verify', out, '--model', model], library)
    expect(changed.code).toBe(3)
    expect(changed.stdout).toMatch(/^differs in settings\.operator, .*signature/)
  })

  it('names a folder as what it is', async () => {
    const finished = await pimoe(['report', record, '--model', model, '--out', folder, '--json'], library)
    expect(finished.code).toBe(2)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'is-folder', file: folder } })
  })

  it('is read again as a PDF, not as a measurement, with advice', async () => {
    const out = join(folder, 'Bericht.pdf')
    writeFileSync(out, '%PDF-1.7\n')
    const finished = await pimoe(['import', out], library)
    expect(finished.code).toBe(3)
    expect(finished.stdout).toMatch(/This is a PDF, not a measurement\. Name the csv file/)
  })
})

describe('a reader that closes early', () => {
  it.each(['stdout', 'stderr'] as const)('ends no command with a stack: %s', async (stream) => {
    const running = start(['inspect', record], library)
    running.child[stream]?.destroy()
    const { code, stderr } = await running.finished
    expect(code).toBe(0)
    expect(stderr).toBe('')
  })
})

describe('train and evaluate', () => {
  it('write a package that answers, and judge it on the test cells of a split', async () => {
    const out = join(folder, 'eigenes')
    const trained = await pimoe(
      [
        'train',
        '--preset',
        'demo',
        '--data',
        samples,
        '--out',
        out,
        '--epochs',
        '1',
        '--seed',
        '2',
        '--json',
      ],
      library,
    )
    expect(trained.stderr).toMatch(/epoch 1/)
    expect(documentOf(trained)).toMatchObject({
      schema: 'pimoe-training/1',
      model: { name: 'eigenes' },
      simulated: true,
      epochs: 1,
    })
    expect(readdirSync(out).toSorted()).toEqual(['card.md', 'manifest.json', 'weights.safetensors'])
    const split = join(samples, 'splits.json')
    const judged = await pimoe(
      ['evaluate', '--model', out, '--data', samples, '--split', split, '--horizon', '20', '--json'],
      library,
    )
    const { conditions } = documentOf(judged) as {
      conditions: { name: string; windows: number; mape: number }[]
    }
    const names = Object.keys(JSON.parse(readFileSync(split, 'utf8')) as object)
    expect(conditions.map((condition) => condition.name).toSorted()).toEqual(names.toSorted())
    for (const condition of conditions) expect(condition.windows).toBeGreaterThan(0)
  }, 60_000)

  it('take all of a run from one file, which a preset writes', async () => {
    const from = ['train', '--preset', 'demo', '--data', samples, '--epochs', '1', '--seed', '2']
    const printed = await pimoe([...from, '--print-config'], library)
    expect(printed.code).toBe(0)
    const file = join(folder, 'Lauf.json')
    writeFileSync(file, printed.stdout)
    const out = join(folder, 'aus Datei')
    const trained = await pimoe(['train', '--config', file, '--out', out, '--json'], library)
    expect(documentOf(trained)).toMatchObject({ seed: 2, epochs: 1 })
    // The head of the file holds the name.
    const weights = (name: string): Buffer =>
      readFileSync(join(folder, name, 'weights.safetensors')).subarray(-4096)
    expect(weights('aus Datei')).toEqual(weights('eigenes'))
    const config = JSON.parse(printed.stdout) as { settings: object }
    writeFileSync(file, JSON.stringify({ ...config, settings: { ...config.settings, batch: 0 } }))
    const refused = await pimoe(['train', '--config', file, '--out', join(folder, 'nie'), '--json'], library)
    expect(refused.code).toBe(3)
    expect(documentOf(refused)).toMatchObject({
      error: { code: 'config-invalid', file, column: 'settings.batch', found: '0' },
    })
  }, 60_000)

  it('leave a history that notes can be added to', async () => {
    const noted = await pimoe(['run', 'eigenes', '--notes', 'erster Versuch', '--json'], library)
    const run = documentOf(noted) as { id: string; machine: string; data: { sha256: string }[] }
    expect(run).toMatchObject({
      schema: 'pimoe-training-run/1',
      state: 'finished',
      preset: 'demo',
      seed: 2,
      notes: 'erster Versuch',
      history: [{ epoch: 1 }],
    })
    expect(run.machine).toMatch(/cores/)
    expect(run.data.length).toBeGreaterThan(3)
    const shown = await pimoe(['run', run.id.slice(0, 8)], library)
    expect(shown.stdout).toMatch(/erster Versuch/)
    expect(shown.stdout).toContain(run.data[0].sha256.slice(0, 12))
    expect((await pimoe(['runs'], library)).stdout).toMatch(/eigenes +demo +finished/)
    expect((await pimoe(['run', 'nie'], library)).code).toBe(3)
  })

  it.skipIf(isWindows)(
    'stop at an interrupt, with 130 and nothing left but the unfinished run',
    async () => {
      const out = join(folder, 'abgebrochen', 'netz')
      const running = start(
        ['train', '--preset', 'demo', '--data', samples, '--out', out, '--epochs', '500', '--json'],
        library,
      )
      await running.says('stderr', /epoch 1/)
      running.child.kill('SIGINT')
      const finished = await running.finished
      expect(finished.code).toBe(130)
      expect(documentOf(finished)).toMatchObject({ error: { code: 'cancelled' } })
      expect(readdirSync(out)).toEqual(['.run'])
    },
    60_000,
  )

  it('refuse TensorFlow.js for a network that is not a published one', async () => {
    for (const words of [
      ['assess', record, '--model', model],
      ['evaluate', '--model', model, '--data', samples],
    ]) {
      const finished = await pimoe([...words, '--engine', 'tensorflow', '--json'], library)
      expect(finished.code).toBe(4)
      expect(documentOf(finished)).toMatchObject({ error: { code: 'engine-unsupported' } })
    }
  })

  it('refuse a data folder that lacks the cells', async () => {
    const words = ['train', '--preset', 'default', '--data', samples, '--out', join(folder, 'x'), '--json']
    const finished = await pimoe(words, library)
    expect(finished.code).toBe(3)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'cells-missing' } })
  })
})

describe('models', () => {
  it('list what is there', async () => {
    const { models } = documentOf(await pimoe(['models', '--json'], library)) as {
      models: { name: string }[]
    }
    expect(Array.isArray(models)).toBe(true)
  })

  const checkpoint = sharedGolden('checkpoints', 'UL-NCA_CY45-05_1.pth')
  const raw = sharedData('raw-UL-NCA', 'CY25-1_1-#1.csv.gz')
  it.skipIf(checkpoint === null || raw === null)(
    'import a published checkpoint that answers (needs ../shared)',
    async () => {
      const out = join(folder, 'veröffentlicht')
      const scaler = sharedGolden('scalers.json')!
      const imported = await pimoe(
        ['model', 'import', checkpoint!, '--scaler', scaler, '--out', out, '--json'],
        library,
      )
      expect(documentOf(imported)).toMatchObject({ schema: 'pimoe-model-import/1', name: 'veröffentlicht' })
      const words = [
        'assess',
        raw!,
        '--model',
        out,
        '--nominal-capacity',
        '3.5',
        '--temperature',
        '25',
        '--json',
      ]
      expect(
        (documentOf(await pimoe(words, library)) as Assessment).domain.findings.map(({ code }) => code),
      ).toContain('domain-unknown')
    },
  )
})

describe('serve', () => {
  it.skipIf(isWindows)('prints the address, answers, and ends at an interrupt', async () => {
    const running = start(['serve', '--json'], library)
    const said = await running.says('stdout', /\n/)
    const { schema, address } = JSON.parse(said) as { schema: string; address: string }
    expect(schema).toBe('pimoe-serve/1')
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
    expect((await fetch(new URL(address).origin)).status).toBeLessThan(500)
    running.child.kill('SIGINT')
    expect((await running.finished).code).toBe(0)
  })
})
