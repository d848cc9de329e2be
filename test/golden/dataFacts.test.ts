import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../src-main/readers/readFile.ts'
import type { ReadResult } from '../../src-main/readers/readResult.ts'
import type { Cycle } from '../../src-shared/cell/cycle.ts'
import { needsShared, sharedData } from '../support/shared.ts'

const sets = [
  { set: 'UL-NCA', window: [3.6, 4.15], least: 4, most: 28, usual: 14 },
  { set: 'UL-NCM', window: [3.6, 4.15], least: 14, most: 14, usual: 14 },
  { set: 'UL-NCMNCA', window: [3.6, 4.15], least: 119, most: 238, usual: 119 },
  { set: 'TPSL', window: [null, null], least: 0, most: 0, usual: 0 },
  { set: 'LSD', window: [3.8, 4.1], least: 90, most: 103, usual: 91 },
]

async function filesOf(set: string): Promise<ReadResult[]> {
  const folder = sharedData(set)!
  const names = readdirSync(folder).filter((name) => /\.csv(\.gz)?$/.test(name))
  return Promise.all(names.map((name) => readFile(join(folder, name))))
}

const restLength = ({ relaxation }: Cycle): number => relaxation?.voltage.length ?? 0

describe.skipIf(sharedData() === null)(`every published file${needsShared}`, () => {
  it.each(sets)(
    'of $set: window $window V, $least to $most rest samples, mostly $usual',
    async ({ set, window, least, most, usual }) => {
      const cycles = (await filesOf(set)).flatMap((file) => file.cycles)
      const lengths = cycles.map(restLength)
      expect(lengths.reduce((a, b) => Math.min(a, b), Infinity)).toBe(least)
      expect(lengths.reduce((a, b) => Math.max(a, b), 0)).toBe(most)
      expect(lengths.filter((length) => length === usual).length / lengths.length).toBeGreaterThan(0.85)
      for (const { chargeCurve } of cycles) {
        expect([chargeCurve!.from, chargeCurve!.to]).toEqual(window)
        expect(chargeCurve!.charge[0]).toBe(0)
      }
    },
  )

  it('of UL-NCA stores 2.5 for 0.25 C and 0.1 for 1 C, and is read as its name says', async () => {
    const storedFor = new Map([
      [0.25, 2.5],
      [0.5, 0.5],
      [1, 0.1],
    ])
    for (const { cellName, cycles } of await filesOf('UL-NCA')) {
      const named = /-(\d+)_/.exec(cellName)![1]
      const rate = named.startsWith('0') ? Number(`0.${named.slice(1)}`) : Number(named)
      for (const { use, stored } of cycles) {
        expect(use.charge).toEqual({ rate })
        expect(stored![0]).toBe(storedFor.get(rate))
      }
    }
  })

  it('of LSD gives a capacity that bends at every fifth cycle only', async () => {
    for (const { cycles } of (await filesOf('LSD')).slice(0, 10)) {
      const capacity = cycles.map((cycle) => cycle.dischargeCapacity!)
      for (const [i, { number }] of cycles.slice(0, -1).entries()) {
        if (i === 0 || number % 5 === 1) continue
        expect(Math.abs(capacity[i + 1] - 2 * capacity[i] + capacity[i - 1])).toBeLessThan(1e-9)
      }
    }
  })
})
