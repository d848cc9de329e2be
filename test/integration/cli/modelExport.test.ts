import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readModelPackage } from '../../../src-main/checkpoints/modelPackage.ts'
import { readSafetensors } from '../../../src-main/checkpoints/safetensors.ts'
import { createOnnxSession } from '../../../src-main/comparison/onnxSession.ts'
import { forward } from '../../../src-shared/network/forward.ts'
import { buildProgram } from '../../support/built.ts'
import { writeTestModel } from '../../support/testModel.ts'
import { largestDifference, randomProblem } from '../../unit/comparison/randomProblem.ts'
import { documentOf, pimoe, type FailureDocument } from './pimoe.ts'

let folder: string
let library: string
let model: string

beforeAll(async () => {
  buildProgram('main')
  folder = mkdtempSync(join(tmpdir(), 'pimoe prüf '))
  library = join(folder, 'Bücherei')
  model = await writeTestModel(folder, 'Netz ö')
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

describe('model export', () => {
  it('writes weights that model import takes back whole', async () => {
    const file = join(folder, 'Gewichte ö.safetensors')
    const exported = await pimoe(['model', 'export', model, '--safetensors', file, '--json'], library)
    const original = await readModelPackage(model)
    expect(documentOf(exported)).toMatchObject({
      schema: 'pimoe-model-export/1',
      sha256: original.sha256,
      file,
    })
    expect(readSafetensors(readFileSync(file)).metadata).toMatchObject({
      name: 'Netz ö',
      sha256: original.sha256,
    })
    const copy = join(folder, 'Kopie')
    expect(await pimoe(['model', 'import', file, '--out', copy], library)).toMatchObject({ code: 0 })
    const { manifest, parameters } = await readModelPackage(copy)
    // The weights' file names its model, so its hash is another one.
    const { name, weightsSha256 } = original.manifest
    expect({ ...manifest, name, weightsSha256 }).toEqual(original.manifest)
    expect(parameters).toEqual(original.parameters)
  })

  it('writes ONNX that another runtime answers the same with', async () => {
    const file = join(folder, 'netz.onnx')
    writeFileSync(file, 'an older file is replaced')
    expect(await pimoe(['models', 'export', model, '--onnx', file], library)).toMatchObject({ code: 0 })
    const { manifest, parameters } = await readModelPackage(model)
    const { input } = randomProblem(manifest.network, 3)
    const session = await createOnnxSession(readFileSync(file))
    const { capacity } = await session.run(manifest.network, input)
    const ours = forward(parameters, manifest.network, manifest.network, input).capacity
    expect(largestDifference(ours, capacity)).toBeLessThan(1e-5)
  })

  it.each([
    ['wrong-arguments', ['demo']],
    ['wrong-arguments', ['demo', '--onnx', 'a', '--safetensors', 'b']],
    ['no-such-model', ['nie', '--onnx', 'a.onnx']],
    ['is-folder', ['demo', '--onnx', '.']],
  ])('refuses with %s and writes nothing: %j', async (code, words) => {
    const before = readdirSync(folder)
    const finished = await pimoe(['model', 'export', ...words, '--json'], library, folder)
    expect((documentOf(finished) as FailureDocument).error.code).toBe(code)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('an import refuses a scaler for a network that brings its own', async () => {
    const file = join(folder, 'Gewichte ö.safetensors')
    const words = ['model', 'import', file, '--scaler', 'x.json', '--out', join(folder, 'neu'), '--json']
    expect((documentOf(await pimoe(words, library)) as FailureDocument).error.code).toBe('scaler-invalid')
  })
})
