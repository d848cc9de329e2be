import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPytorchCheckpoint } from '../../../src-main/checkpoints/pytorchCheckpoint.ts'
import { needsShared, sharedGolden } from '../../support/shared.ts'
import { checkpointOf, zipOf } from './archives.ts'

const tensors = {
  'capacity_fcs.0.weight': { sizes: [2, 3], values: [1, 2, 3, 4, 5, 6.5] },
  'fc_final.bias': { sizes: [1], values: [-0.25] },
}

function isRefused(code: string): unknown {
  return expect.objectContaining({ kind: 'refused', code })
}

describe('reading PyTorch checkpoints', () => {
  it.each([{ deflated: false }, { deflated: true }])(
    'gives names, sizes and numbers, deflated=$deflated',
    (options) => {
      const read = readPytorchCheckpoint(checkpointOf(tensors, options))
      expect([...read.keys()]).toEqual(Object.keys(tensors))
      expect(read.get('capacity_fcs.0.weight')).toMatchObject({ sizes: [2, 3] })
      expect([...read.get('capacity_fcs.0.weight')!.values]).toEqual([1, 2, 3, 4, 5, 6.5])
    },
  )

  it('reads double and half precision', () => {
    const double = readPytorchCheckpoint(checkpointOf(tensors, { type: 'DoubleStorage' }))
    expect([...double.get('fc_final.bias')!.values]).toEqual([-0.25])
    const bits = { x: { sizes: [4], values: [0x3c00, 0xc000, 0x0001, 0x7bff] } }
    const half = readPytorchCheckpoint(checkpointOf(bits, { type: 'HalfStorage' }))
    expect([...half.get('x')!.values]).toEqual([1, -2, 2 ** -24, 65504])
  })

  it('never runs or looks up what a pickle names', () => {
    const evil = checkpointOf(tensors, { callee: 'os\nsystem\n' })
    expect(() => readPytorchCheckpoint(evil)).toThrow(isRefused('checkpoint-unreadable'))
    expect(() => readPytorchCheckpoint(evil)).toThrow(/os\.system/)
  })

  it('refuses other numbers, and tensors that are not contiguous or larger than their numbers', () => {
    const transposed = { x: { sizes: [2, 3], strides: [1, 2], values: [1, 2, 3, 4, 5, 6] } }
    const short = { x: { sizes: [7], values: [1, 2] } }
    for (const bytes of [
      checkpointOf(tensors, { type: 'LongStorage' }),
      checkpointOf(transposed),
      checkpointOf(short),
    ]) {
      expect(() => readPytorchCheckpoint(bytes)).toThrow(isRefused('checkpoint-unreadable'))
    }
  })

  it('refuses a zip without tensors, text, and nothing at all', () => {
    expect(() => readPytorchCheckpoint(zipOf({ 'a/readme': Buffer.from('x') }))).toThrow(
      isRefused('checkpoint-unreadable'),
    )
    expect(() => readPytorchCheckpoint(zipOf({ 'a/data.pkl': Buffer.from('hello') }))).toThrow(
      isRefused('checkpoint-unreadable'),
    )
    for (const bytes of [new Uint8Array(0), Buffer.from('not a zip file at all, by any means')]) {
      expect(() => readPytorchCheckpoint(bytes)).toThrow(isRefused('checkpoint-damaged'))
    }
  })

  it('refuses every truncation, whatever is cut', () => {
    const whole = checkpointOf(tensors)
    for (let length = 0; length < whole.length; length++) {
      expect(() => readPytorchCheckpoint(whole.slice(0, length))).toThrow(
        expect.objectContaining({ kind: 'refused' }),
      )
    }
  })

  it.skipIf(sharedGolden() === null)(`reads every published checkpoint${needsShared}`, () => {
    for (const name of ['LSD', 'TPSL_Fixed', 'UL-NCA_CY25-05_1', 'UL-NCA_CY45-05_1', 'UL-NCMNCA_CY25-05_1']) {
      const read = readPytorchCheckpoint(readFileSync(sharedGolden('checkpoints', `${name}.pth`)!))
      expect(read.get('lstm.weight_hh_l0_reverse')?.sizes).toEqual([256, 64])
      expect([...read.values()].every(({ values }) => values.every(Number.isFinite))).toBe(true)
    }
  })
})
