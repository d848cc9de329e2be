import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importCheckpoint } from '../../../src-main/checkpoints/importCheckpoint.ts'
import {
  completePackage,
  readModelCard,
  readModelPackage,
  writeModelPackage,
  type PackageDraft,
} from '../../../src-main/checkpoints/modelPackage.ts'
import { readSafetensors, writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts'
import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import { parameterSizes } from '../../../src-shared/network/parameters.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import { checkpointOf } from './archives.ts'

const shape = { T: 3, V: 4, F: 6, E: 2, U: 2 }

function draft(seed = 1): PackageDraft {
  return {
    manifest: {
      schema: 'pimoe-model/1',
      name: 'Prüfling',
      created: '2026-01-01T00:00:00.000Z',
      program: 'test',
      simulated: true,
      network: { ...shape, k: 2, alpha: 10 },
      input: { kind: 'joint', features: 6, curveUnit: 'mAh', use: { mean: [0, 0, 0], scale: [1, 1, 1] } },
      scaler: { mean: Array(6).fill(0), scale: Array(6).fill(1) },
      domain: null,
      interval: null,
      training: null,
      metrics: null,
    },
    parameters: initialParameters(shape, seededRandom(seed)),
    card: '# Prüfling\n',
  }
}

function refused(code: string): unknown {
  return expect.objectContaining({ kind: 'refused', code })
}

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pimoe-Ünïcode '))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a model package', () => {
  it('is read as it was written, with the same identity', async () => {
    const place = join(folder, 'modèle')
    const written = await writeModelPackage(place, draft())
    const read = await readModelPackage(place)
    expect(read).toEqual(written)
    expect(read.parameters).toEqual(draft().parameters)
    expect(await readModelCard(place)).toBe('# Prüfling\n')
    expect(completePackage(draft()).sha256).toBe(read.sha256)
    expect(completePackage(draft(2)).sha256).not.toBe(read.sha256)
  })

  it('replaces an older one and leaves nothing beside it', async () => {
    const place = join(folder, 'model')
    await writeModelPackage(place, draft(1))
    const second = await writeModelPackage(place, draft(2))
    expect((await readModelPackage(place)).sha256).toBe(second.sha256)
    expect(readdirSync(folder)).toEqual(['model'])
  })

  it('is refused when its weights were changed, cut or lost', async () => {
    const place = join(folder, 'model')
    await writeModelPackage(place, draft())
    const weights = readFileSync(join(place, 'weights.safetensors'))
    weights[weights.length - 1] ^= 1
    writeFileSync(join(place, 'weights.safetensors'), weights)
    await expect(readModelPackage(place)).rejects.toEqual(refused('weights-changed'))
    rmSync(join(place, 'weights.safetensors'))
    await expect(readModelPackage(place)).rejects.toEqual(refused('model-missing'))
    await expect(readModelPackage(join(folder, 'nowhere'))).rejects.toEqual(refused('model-missing'))
  })

  it('names the wrong field of a manifest', async () => {
    const place = join(folder, 'model')
    await writeModelPackage(place, draft())
    const path = join(place, 'manifest.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"T": 3', '"T": "three"'))
    await expect(readModelPackage(place)).rejects.toThrow(/network\.T/)
    writeFileSync(path, '{')
    await expect(readModelPackage(place)).rejects.toEqual(refused('manifest-invalid'))
  })
})

describe('safetensors', () => {
  const tensors = new Map([
    ['b', { sizes: [2, 2], values: Float32Array.of(1, -2, 3.5, 1e-20) }],
    ['a', { sizes: [], values: Float32Array.of(7) }],
  ])

  it('come back as written; the order of writing does not matter', () => {
    const bytes = writeSafetensors({ tensors, metadata: { z: '1', a: '2' } })
    const read = readSafetensors(bytes)
    expect(read.metadata).toEqual({ a: '2', z: '1' })
    expect(read.tensors.get('b')).toEqual(tensors.get('b'))
    const reversed = new Map([...tensors].reverse())
    expect(writeSafetensors({ tensors: reversed, metadata: { a: '2', z: '1' } })).toEqual(bytes)
    expect(readSafetensors(writeSafetensors(read))).toEqual(read)
  })

  it('refuse every truncation', () => {
    const bytes = writeSafetensors({ tensors, metadata: {} })
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.slice(0, length))).toThrow(refused('weights-damaged'))
    }
  })
})

describe('a manifest that contradicts itself', () => {
  type Changed = Record<'scaler' | 'interval' | 'input', unknown>

  it.each<[string, (manifest: Changed) => Partial<Changed>]>([
    ['a scaler of another length', () => ({ scaler: { mean: [0], scale: [1] } })],
    ['a scale of zero', () => ({ scaler: { mean: Array(6).fill(0), scale: Array(6).fill(0) } })],
    [
      'features that the network does not take',
      (manifest) => ({ input: { ...(manifest.input as object), features: 12 } }),
    ],
    [
      'an interval of another horizon',
      () => ({ interval: { level: 0.9, base: 0.1, slope: 0, score: [1], cells: 3, coverage: 1 } }),
    ],
  ])('is refused: %s', async (_, change) => {
    const place = join(folder, 'm')
    await writeModelPackage(place, draft())
    const file = join(place, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Changed
    writeFileSync(file, JSON.stringify({ ...manifest, ...change(manifest) }))
    await expect(readModelPackage(place)).rejects.toEqual(refused('manifest-invalid'))
  })
})

describe('a folder that cannot be written', () => {
  it('takes no package and says so', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(writeModelPackage(join(file, 'm'), draft())).rejects.toEqual(
      expect.objectContaining({ kind: 'usage', code: 'not-writable' }),
    )
  })
})

describe('importing a checkpoint', () => {
  const names: Record<string, string> = { 'relaxation_fc.weight': 'features_fc.weight' }

  function checkpointFile(): string {
    const parameters = initialParameters(shape, seededRandom(4))
    const tensors = Object.fromEntries(
      [...parameterSizes(shape)].map(([name, sizes]) => [
        names[name] ?? name.replace('capacity_fcs.', 'capacity_fc.'),
        { sizes: [...sizes], values: [...parameters[name]] },
      ]),
    )
    const path = join(folder, 'some run.pth')
    writeFileSync(path, checkpointOf(tensors))
    return path
  }

  function scalerFile(entries: Record<string, { mean: number[]; scale: number[] }>): string {
    const path = join(folder, 'scalers.json')
    writeFileSync(path, JSON.stringify(entries))
    return path
  }

  const entry = (curveMax: number, size = 6) => ({
    mean: Array.from({ length: size }, (_, i) => (i === size - 4 ? curveMax : 1)),
    scale: Array<number>(size).fill(1),
  })

  it('finds its sizes, and its unit from the scaler', async () => {
    const scaler = scalerFile({ other: entry(1.4), 'some run': entry(1400) })
    const { package: model } = await importCheckpoint({ checkpoint: checkpointFile(), scaler, name: 'mine' })
    expect(model.manifest.network).toEqual({ ...shape, k: 2, alpha: 10 })
    expect(model.manifest.input).toMatchObject({ kind: 'legacy', features: 6, curveUnit: 'mAh' })
    const inAh = scalerFile({ only: entry(1.4) })
    const other = await importCheckpoint({ checkpoint: checkpointFile(), scaler: inAh, name: 'mine' })
    expect(other.package.manifest.input.curveUnit).toBe('Ah')
  })

  it('says on its card that no scaler was given, and can be written and read', async () => {
    const imported = await importCheckpoint({ checkpoint: checkpointFile(), name: 'mine' })
    expect(imported.draft.card).toMatch(/unscaled/)
    const written = await writeModelPackage(join(folder, 'mine'), imported.draft)
    expect(await readModelPackage(join(folder, 'mine'))).toEqual(written)
  })

  it.runIf(process.platform !== 'win32')('refuses a device, which never ends', async () => {
    await expect(importCheckpoint({ checkpoint: '/dev/zero', name: 'x' })).rejects.toEqual(
      refused('file-unreadable'),
    )
  })

  it('refuses a scaler of another size, without its entry, or not JSON', async () => {
    const checkpoint = checkpointFile()
    const wrong = [scalerFile({ a: entry(1, 12) }), scalerFile({ a: entry(1), b: entry(1) })]
    for (const scaler of wrong.slice(1)) {
      await expect(importCheckpoint({ checkpoint, scaler, name: 'x' })).rejects.toEqual(
        refused('scaler-invalid'),
      )
    }
    await expect(importCheckpoint({ checkpoint, scaler: checkpoint, name: 'x' })).rejects.toEqual(
      refused('scaler-invalid'),
    )
    const zero = scalerFile({ a: { ...entry(1), scale: Array<number>(6).fill(0) } })
    await expect(importCheckpoint({ checkpoint, scaler: zero, name: 'x' })).rejects.toEqual(
      refused('scaler-invalid'),
    )
    const twelve = scalerFile({ a: entry(1, 12) })
    await expect(importCheckpoint({ checkpoint, scaler: twelve, name: 'x' })).rejects.toEqual(
      refused('scaler-invalid'),
    )
  })
})
