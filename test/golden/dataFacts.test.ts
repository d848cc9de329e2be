import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecord, type ReadRecord } from '../support/readRecord.ts'
import type { Cycle, Drive } from '../../src-shared/cell/cycle.ts'
import { stepsOf } from '../../src-shared/cell/steps.ts'
import { needsShared, sharedData } from '../support/shared.ts'

const sets = [
  { set: 'UL-NCA', window: [3.6, 4.15], least: 4, most: 28, usual: 14 },
  { set: 'UL-NCM', window: [3.6, 4.15], least: 14, most: 14, usual: 14 },
  { set: 'UL-NCMNCA', window: [3.6, 4.15], least: 119, most: 238, usual: 119 },
  { set: 'TPSL', window: [null, null], least: 0, most: 0, usual: 0 },
  { set: 'LSD', window: [3.8, 4.1], least: 90, most: 103, usual: 91 },
]

/** Currents as C-rates for UL, in ampere for the others. */
const uses = [
  { set: 'UL-NCA', cell: 'NCA 3.5', charge: [0.25, 0.5, 1], discharge: [1], temperature: [25, 35, 45] },
  { set: 'UL-NCM', cell: 'NCM 3.5', charge: [0.5], discharge: [1], temperature: [25, 35, 45] },
  { set: 'UL-NCMNCA', cell: 'NCM+NCA 2.5', charge: [0.5], discharge: [1, 4], temperature: [25] },
  { set: 'TPSL', cell: 'null 2.4', charge: [1.2, 2.4, 4.8, 7.2], discharge: [2.4, 7.2], temperature: [25] },
  { set: 'LSD', cell: 'NCM 2.4', charge: [1.2], discharge: [0.5, 2.4], temperature: [25] },
]

const folders = new Map<string, Promise<ReadRecord[]>>()

function filesOf(set: string): Promise<ReadRecord[]> {
  const known = folders.get(set) ?? readFolder(sharedData(set)!)
  folders.set(set, known)
  return known
}

function readFolder(folder: string): Promise<ReadRecord[]> {
  const names = readdirSync(folder).filter((name) => /\.csv(\.gz)?$/.test(name))
  return Promise.all(names.map((name) => readRecord(join(folder, name))))
}

const amount = (drive: Drive): number => ('rate' in drive ? drive.rate : drive.ampere)
const distinct = (values: readonly number[]): number[] => [...new Set(values)].toSorted((a, b) => a - b)
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

  it.each(uses)(
    'of $set: $cell Ah, charge $charge, discharge $discharge, $temperature °C',
    async ({ set, cell, charge, discharge, temperature }) => {
      const files = await filesOf(set)
      for (const { description } of files)
        expect(`${description.chemistry} ${description.nominalCapacity_Ah}`).toBe(cell)
      const use = files.flatMap((file) => file.cycles.map((cycle) => cycle.use))
      expect(distinct(use.map((row) => amount(row.charge!)))).toEqual(charge)
      expect(distinct(use.map((row) => amount(row.discharge!)))).toEqual(discharge)
      expect(distinct(use.map((row) => row.temperature!))).toEqual(temperature)
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

describe.skipIf(sharedData() === null)(`raw UL-NCA records${needsShared}`, () => {
  it('hold CC, CV, rest, discharge, rest in every cycle, between 2.65 and 4.2 V', async () => {
    for (const { record } of await filesOf('raw-UL-NCA')) {
      const modes = new Map<number, string[]>()
      for (const { cycle, mode } of stepsOf(record)) modes.set(cycle, [...(modes.get(cycle) ?? []), mode])
      for (const steps of modes.values()) {
        expect(steps).toEqual([
          'constant-current charge',
          'constant-voltage charge',
          'rest',
          'discharge',
          'rest',
        ])
      }
      expect(record.voltage.reduce((a, b) => Math.min(a, b))).toBeCloseTo(2.65, 3)
      expect(record.voltage.reduce((a, b) => Math.max(a, b))).toBeCloseTo(4.2, 2)
    }
  })

  it('carry some 170 mA into the first rest sample of two cells', async () => {
    const carried = (await filesOf('raw-UL-NCA')).map(({ cellName, record }) => {
      const { current, mode, voltage } = record
      const first = (row: number) => row > 0 && mode[row] === 0 && mode[row - 1] !== 0 && voltage[row] > 4
      const rests = Array.from(current.entries()).filter(([row]) => first(row))
      return { cellName, largest: rests.reduce((most, [, value]) => Math.max(most, value), 0) }
    })
    const carrying = carried.filter(({ largest }) => largest > 0.1)
    expect(carrying.map(({ cellName }) => cellName)).toEqual(['CY25-1_1-#1', 'CY25-1_1-#7'])
    for (const { largest } of carrying) expect(largest).toBeCloseTo(0.171, 3)
  })
})
