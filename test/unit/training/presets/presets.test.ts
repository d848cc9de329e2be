import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { presetNamed, presets } from '../../../../src-main/training/presets/presets.ts'
import { presetCells, splitCells } from '../../../../src-main/training/presets/presetFiles.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'

describe('presets', () => {
  it('name every file once and ask for one another by name', () => {
    const { found, missing } = presetCells(presetNamed('default'), tmpdir())
    expect(found).toEqual([])
    expect(new Set(missing).size).toBe(missing.length)
    expect(missing.length).toBeGreaterThan(40)
    expect(() => presetNamed('nonsense')).toThrow(expect.objectContaining({ kind: 'usage' }))
    expect(presets.filter((preset) => preset.simulated).map((preset) => preset.name)).toEqual(['demo'])
  })

  it('refuse a folder whose list of cells is missing', () => {
    expect(() => presetCells(presetNamed('demo'), tmpdir())).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'split-invalid' }),
    )
  })

  it.skipIf(sharedData() === null)(
    `keep the public test cells out of the default model${needsShared}`,
    () => {
      const data = sharedData()!
      const { found, missing } = presetCells(presetNamed('default'), data)
      expect(missing).toEqual([])
      const split = splitCells(sharedData('splits.json')!)
      const role = (file: string) => split.find((cell) => cell.file === file)?.role
      for (const cell of found) {
        expect(role(cell.file)).not.toBe('test')
        expect(readFileSync(`${data}/${cell.file}`).length).toBeGreaterThan(0)
      }
    },
  )
})
