import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { publishedWindows, shuffledWindows } from '../../../../src-main/training/network/publishedRecipe.ts'
import { presetNamed, presets } from '../../../../src-main/training/presets/presets.ts'
import { presetCells } from '../../../../src-main/training/presets/presetFiles.ts'
import { runTraining } from '../../../../src-main/training/runTraining.ts'
import type { TrainingSettings } from '../../../../src-main/training/problem/settings.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'
import { toyCell } from '../toyCells.ts'

const legacy = presets.filter((preset) => preset.name.startsWith('legacy-'))
const published = presetNamed('legacy-ul-nca-cy25-05').settings
const small: TrainingSettings = {
  ...published,
  network: { ...published.network, T: 12, E: 3, U: 6 },
  epochs: 3,
}

describe('legacy presets', () => {
  it('are one per published condition, with the sizes of its network', () => {
    expect(legacy).toHaveLength(14)
    expect(new Set(legacy.map((preset) => preset.name)).size).toBe(14)
    const sizes = (name: string) => presetNamed(name).settings.network
    expect(sizes('legacy-ul-nca-cy25-1')).toMatchObject({ T: 10, F: 12, U: 64 })
    expect(sizes('legacy-tpsl-arbitrary')).toMatchObject({ T: 50, F: 6, U: 128 })
    expect(sizes('legacy-ul-ncmnca-cy25-05-4')).toMatchObject({ T: 50, F: 12, U: 64 })
    for (const { settings } of legacy) expect(settings.input.features).toBe(settings.network.F)
  })

  it('say which cells stand twice, and which test cells are missing', () => {
    const { found, missing, notes } = presetCells(presetNamed('legacy-ul-nca-cy35-05'), tmpdir())
    expect(found).toEqual([])
    expect(missing).toEqual(['UL-NCA/CY35-05_1-#1.csv', 'UL-NCA/CY35-05_1-#2.csv'])
    expect(notes).toEqual([
      'UL-NCA/CY35-05_1-#2.csv stands in train and validation and test: the scores are flattered.',
      'Test cells that are not there: UL-NCA/CY35-05_1-#2.csv.',
    ])
  })

  it.skipIf(sharedData() === null)(`find their cells, gzipped or not${needsShared}`, () => {
    const nca = presetCells(presetNamed('legacy-ul-nca-cy25-05'), sharedData()!)
    expect(nca.missing).toEqual([])
    expect(nca.notes[0]).toContain('#18.csv stands in train and validation')
    const lsd = presetCells(presetNamed('legacy-lsd'), sharedData()!)
    expect(lsd.found[0]).toEqual({ file: 'LSD/1.csv.gz', role: 'train' })
  })
})

describe('the published recipe', () => {
  const twice = toyCell({ number: 2, role: 'train', chemistry: 'NCA' })
  const cells = [toyCell({ number: 1, role: 'train' }), twice, { ...twice, role: 'validation' as const }]
  const config = { name: 'old', preset: 'toy', seed: 1, settings: small, cells, program: 'test' }

  it('trains on overlapping lists and says so in manifest and card', () => {
    const notes = ['toy-#2 stands in train and validation: the scores are flattered.']
    const { draft, history } = runTraining({ ...config, notes }, () => undefined)
    expect(history).toHaveLength(3)
    expect(draft.manifest).toMatchObject({ interval: null, domain: null })
    expect(draft.manifest.training?.settings).toMatchObject({ recipe: 'published', notes: notes[0] })
    expect(draft.card).toContain(notes[0])
    expect(draft.card).not.toContain('No cell stands in two roles')
  })

  it('ends early where patience runs out, and keeps the best epoch', () => {
    const settings = { ...small, epochs: 50, patience: 2, learningRate: 0.3, lastLearningRate: 0.3 }
    const { history, bestEpoch } = runTraining({ ...config, settings }, () => undefined)
    const losses = history.map((epoch) => epoch.validationLoss)
    expect(history.length).toBeLessThan(50)
    expect(bestEpoch).toBe(history.length - 2)
    expect(losses[bestEpoch - 1]).toBe(Math.min(...losses))
  })

  it('sees every window once an epoch, in an order of the seed', () => {
    const order = shuffledWindows(50, 16, seededRandom(1))
    expect(order).toHaveLength(64)
    expect(new Set(order.subarray(0, 50)).size).toBe(50)
    expect(shuffledWindows(50, 16, seededRandom(2))).not.toEqual(order)
  })

  it('uses whole windows: the last or, for LSD, the first is left out; of TPSL the first 19', () => {
    const rows = (condition: string, windowsPerCell = 0) => {
      const cell = toyCell({ number: 1, role: 'train', condition })
      const { row, mask, use } = publishedWindows([cell], { ...small, windowsPerCell }, null)
      expect(mask.every((value) => value === 1)).toBe(true)
      // The stored numbers, not the true ones.
      expect([...use.subarray(0, 3)]).toEqual([5, 1, 25])
      return [row[0], row.at(-1)]
    }
    expect(rows('toy A')).toEqual([0, 27])
    expect(rows('LSD')).toEqual([1, 28])
    expect(rows('TPSL Fixed', 19)).toEqual([0, 18])
  })
})
