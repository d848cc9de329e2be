import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { conditions } from '../../../assets/samples/make/plan.ts'
import { samples } from '../../../assets/samples/make/samples.ts'
import { splits } from '../../../assets/samples/make/splits.ts'
import { truths } from '../../../assets/samples/make/retired.ts'
import { numbersOf, samplesFolder, storedJson, storedRows, storedText } from './sampleFiles.ts'

const paths = samples().map(({ path }) => path)
const perCycle = paths.filter((path) => path.startsWith('SIM-'))
const zeroed = perCycle.filter((path) => !path.startsWith('SIM-TPSL'))
const raw = paths.filter((path) => path.startsWith('raw/'))

describe('the samples folder', () => {
  it('holds every file of the plan and no other measurement', () => {
    const found = readdirSync(samplesFolder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.csv.gz'))
      .map((path) => path.replaceAll('\\', '/'))
    expect(found.toSorted()).toEqual(paths.toSorted())
  })

  it('stays below 2.5 MB', () => {
    const bytes = paths.map((path) => statSync(resolve(samplesFolder, path)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2.5e6)
    const rawBytes = raw.map((path) => statSync(resolve(samplesFolder, path)).size)
    expect(Math.max(...rawBytes)).toBeLessThan(150e3)
  })

  it.each([
    'SIM-NCA/CY45-05_1-#2.csv.gz',
    'SIM-NCA/Varied-#3.csv.gz',
    'SIM-TPSL/Arbitrary-#1.csv.gz',
    'SIM-LSD/2.csv.gz',
    'raw/retired-B.csv.gz',
    'raw/quick-test.csv.gz',
  ])('makes %s again, byte for byte', (path) => {
    const again = samples().find((sample) => sample.path === path)
    expect(again?.text() === storedText(path)).toBe(true)
  })

  it('makes the truth and the splits again', () => {
    expect(storedJson('truth.json')).toEqual(truths())
    expect(storedJson('splits.json')).toEqual(splits())
  })

  it.each(paths)('%s says in every row that it is simulated', (path) => {
    const rows = storedRows(path)
    expect(Object.keys(rows[0]).at(-1)).toBe('Simulated')
    expect(rows.every((row) => row['Simulated'] === '1')).toBe(true)
  })
})

describe('per-cycle files', () => {
  it.each(zeroed)('%s: curves start at 0 and do not fall beyond noise', (path) => {
    const { rated, noise } = scaleOf(path)
    for (const row of storedRows(path)) {
      const curve = numbersOf(row['Capacity_Increment'])
      expect(curve).toHaveLength(50)
      expect(curve[0]).toBe(0)
      expect(smallestStep(curve)).toBeGreaterThan(-noise)
      expect(curve[49]).toBeGreaterThan(0.15 * rated)
    }
  })

  it.each(zeroed)('%s: voltage relaxes below 4.19 V', (path) => {
    for (const row of storedRows(path)) {
      const voltage = numbersOf(row['Relaxation_Voltage'])
      expect(voltage).toHaveLength(path.startsWith('SIM-LSD') ? 91 : 14)
      expect(voltage[0]).toBeLessThan(4.19)
      expect(voltage.at(-1)).toBeLessThan(voltage[0])
    }
  })

  it.each(conditions)('$name: capacity falls with every tenth cycle', ({ name }) => {
    for (const path of perCycle.filter((each) => each.startsWith(`SIM-NCA/${name}-#`))) {
      const capacity = capacitiesOf(path)
      expect(capacity.length).toBeGreaterThanOrEqual(80)
      expect(capacity.every((value, i) => i < 10 || value < capacity[i - 10])).toBe(true)
    }
  })

  it('the fixed uses age the cells at clearly different speed', () => {
    const loss = (name: string) => {
      const own = perCycle.filter((path) => path.startsWith(`SIM-NCA/${name}-#`))
      return own.reduce((sum, path) => sum + lossOf(path), 0) / own.length
    }
    const ordered = ['CY45-05_1', 'CY25-025_1', 'CY25-05_1', 'CY25-05_2', 'CY25-1_1'].map(loss)
    expect(ordered.every((value, i) => i === 0 || value > 1.15 * ordered[i - 1])).toBe(true)
  })

  it('names and columns agree on the use', () => {
    for (const { name, use } of conditions) {
      const [row] = storedRows(`SIM-NCA/${name}-#1.csv.gz`)
      expect(Number(row['Charge_Current'])).toBe(use.charge)
      expect(Number(row['Discharge_Current'])).toBe(use.discharge)
      expect(Number(row['Temperature'])).toBe(use.temperature_degC)
    }
  })

  it('varied cells change their currents every few cycles', () => {
    const currents = storedRows('SIM-NCA/Varied-#1.csv.gz').map((row) => row['Charge_Current'])
    expect(new Set(currents).size).toBe(3)
  })
})

describe('raw records', () => {
  it.each(raw)(
    '%s: the charge columns count what the current carries',
    (path) => {
      const rows = storedRows(path)
      const column = (name: string) => rows.map((row) => Number(row[name]))
      const [time, current] = [column('time/s'), column('<I>/mA')]
      const counted = column('Q charge/mA.h').map((charge, i) => charge - column('Q discharge/mA.h')[i])
      for (const [from, to] of runsOf(rows.map((row) => row['control/V/mA']))) {
        let sum = 0
        for (let i = from + 1; i <= to; i++) {
          sum += ((current[i] + current[i - 1]) / 2) * ((time[i] - time[i - 1]) / 3600)
        }
        expect(Math.abs(sum - (counted[to] - counted[from]))).toBeLessThan(3)
      }
      expect(time.every((value, i) => i === 0 || value >= time[i - 1])).toBe(true)
    },
    60_000,
  )

  it('the quick test is one partial charge and one rest', () => {
    const rows = storedRows('raw/quick-test.csv.gz')
    expect(rows.every((row) => Number(row['Q discharge/mA.h']) === 0)).toBe(true)
    expect(Number(rows[0]['Ecell/V'])).toBeGreaterThan(3.35)
    expect(Number(rows[0]['Ecell/V'])).toBeLessThan(3.6)
    expect(Math.max(...rows.map((row) => Number(row['Ecell/V'])))).toBeCloseTo(4.2, 3)
  })
})

describe('splits and scenarios', () => {
  const lists = Object.values(splits())

  it('no cell stands in two lists, and every listed file exists', () => {
    const all = lists.flatMap(({ train, validation, test }) => [...train, ...validation, ...test])
    expect(new Set(all).size).toBe(all.length)
    expect(all.every((path) => existsSync(resolve(samplesFolder, path)))).toBe(true)
  })

  it('every listed cell has windows of the horizon', () => {
    for (const { horizon, test } of lists) {
      for (const path of test) expect(storedRows(path).length).toBeGreaterThan(horizon + 20)
    }
  })

  it.each(readdirSync(resolve(samplesFolder, 'scenarios')))(
    '%s stays within what the cells visit',
    (name) => {
      const scenario = storedJson(`scenarios/${name}`) as {
        name: string
        blocks: { cycles: number; charge_rate: number; discharge_rate: number; temperature_degC: number }[]
      }
      expect(scenario.name).not.toBe('')
      for (const block of scenario.blocks) {
        expect(block.cycles).toBeGreaterThan(0)
        expect([0.25, 0.5, 1]).toContain(block.charge_rate)
        expect([0.5, 1, 2]).toContain(block.discharge_rate)
        expect([25, 35, 45]).toContain(block.temperature_degC)
      }
    },
  )
})

/** Rated capacity and the least step of a curve that noise explains, in the file's own unit. */
function scaleOf(path: string): { rated: number; noise: number } {
  return path.startsWith('SIM-NCA') ? { rated: 3500, noise: 3 } : { rated: 2.4, noise: 0.002 }
}

function smallestStep(curve: readonly number[]): number {
  return Math.min(...curve.slice(1).map((value, i) => value - curve[i]))
}

function capacitiesOf(path: string): number[] {
  return storedRows(path).map((row) => Number(row['Discharge_Capacity']))
}

/** Share of the first capacity lost in 80 rows. */
function lossOf(path: string): number {
  const capacity = capacitiesOf(path)
  return 1 - capacity[80] / capacity[0]
}

/** First and last row of every stretch under one set current or voltage, rests left out. */
function runsOf(control: readonly string[]): [number, number][] {
  const starts = control.flatMap((value, i) => (i === 0 || value !== control[i - 1] ? [i] : []))
  const runs = starts.map((start, k): [number, number] => [start, (starts.at(k + 1) ?? control.length) - 1])
  return runs.filter(([start]) => control[start] !== '0')
}
