import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { presets } from '../../../../src-main/training/presets/presets.ts'
import { parseRunConfig, presetConfig } from '../../../../src-main/training/presets/runConfig.ts'

const named = presets.filter(({ cells }) => cells !== 'splits.json').map(({ name }) => name)
const config = presetConfig('default', { data: tmpdir(), epochs: 7, seed: 3, threads: 2 })

/** The value with one field replaced; undefined takes it out. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(config) as unknown as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const place = keys.reduce<Record<string, unknown>>((part, key) => part[key] as typeof copy, copy)
  if (value === undefined) Reflect.deleteProperty(place, last)
  else place[last] = value
  return copy
}

describe('the configuration of a run', () => {
  it.each(named)('writes preset %s out, and is read back as it was', (name) => {
    const written = presetConfig(name, { data: 'Däten' })
    expect(parseRunConfig(JSON.parse(JSON.stringify(written)))).toEqual(written)
  })

  it('holds what was chosen beside the preset', () => {
    expect(config).toMatchObject({ preset: 'default', seed: 3, threads: 2, settings: { epochs: 7 } })
  })

  it.each([
    ['settings.epochs', 0],
    ['settings.epochs', 2.5],
    ['settings.epochs', '80'],
    ['settings.epochs', undefined],
    ['settings.batch', -1],
    ['settings.learningRate', 0],
    ['settings.averaging', 1],
    ['settings.recipe', 'other'],
    ['settings.network.k', 9],
    ['settings.network.F', 6],
    ['settings.input.use.scale', [1, 1]],
    ['settings.input.use.mean', [1]],
    ['seed', -1],
    ['threads', 0],
    ['data', ''],
    ['cells', []],
    ['cells.0.role', 'judge'],
    ['cells.0.file', '../outside.csv'],
    ['cells.0.file', 'C:\\outside.csv'],
    ['schema', 'pimoe-run-config/2'],
  ])('is refused by its field: %s = %j', (path, value) => {
    const { message, ...failure } = refusal(changed(path, value))
    expect(failure).toMatchObject({
      kind: 'refused',
      code: 'config-invalid',
      detail: { file: 'c.json', column: path, advice: expect.stringMatching(/--print-config/) as string },
    })
    expect(message.startsWith(`${path}: `)).toBe(true)
    if (value !== undefined) expect(refusal(changed(path, value)).detail.found).toBe(JSON.stringify(value))
  })

  it('is refused by the name of a field that it does not know', () => {
    expect(refusal(changed('settings.epoch', 3)).message).toMatch(/epoch/)
    expect(refusal(null).code).toBe('config-invalid')
    expect(refusal([]).code).toBe('config-invalid')
  })
})

interface Refusal {
  readonly message: string
  readonly kind: string
  readonly code: string
  readonly detail: { readonly file?: string; readonly column?: string; readonly found?: string }
}

function refusal(value: unknown): Refusal {
  try {
    parseRunConfig(value, 'c.json')
  } catch (error) {
    return error as Refusal
  }
  throw new Error('It was taken.')
}
