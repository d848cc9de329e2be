import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { samples } from '../../../assets/samples/make/samples.ts'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { samplesFolder, storedJson, storedRows } from './sampleFiles.ts'

const paths = samples().map(({ path }) => path)
const perCycle = paths.filter((path) => path.startsWith('SIM-'))

describe('the readers', () => {
  it.each(perCycle)('read %s with nothing to say but its nominal capacity', async (path) => {
    const result = await readFile(resolve(samplesFolder, path))
    expect(result.simulated).toBe(true)
    expect(result.cycles).toHaveLength(storedRows(path).length)
    expect(result.findings.map(({ code }) => code)).toEqual(['declared-by-folder'])
    expect(result.description.nominalCapacity_Ah).toBe(path.startsWith('SIM-NCA') ? 3.5 : 2.4)
  })

  it('take the true charge rate from the samples', async () => {
    const path = 'SIM-NCA/CY25-025_1-#1.csv.gz'
    const { cycles, condition } = await readFile(resolve(samplesFolder, path))
    expect(condition).toBe('SIM-NCA CY25-025_1')
    expect(
      cycles.every(({ use }) => use.charge !== null && 'rate' in use.charge && use.charge.rate === 0.25),
    ).toBe(true)
  })

  it.each(['retired-A', 'retired-B'])(
    'find three full cycles in raw/%s and their true capacity',
    async (name) => {
      const { cycles, findings, simulated } = await readFile(resolve(samplesFolder, `raw/${name}.csv.gz`))
      expect(simulated).toBe(true)
      expect(findings).toEqual([])
      expect(cycles).toHaveLength(3)
      expect(cycles.every(({ chargeCurve }) => chargeCurve?.charge.length === 50)).toBe(true)
      expect(cycles[0].dischargeCapacity).toBeCloseTo(trueCapacity(name), 3)
    },
  )

  it('find one charge, one rest and no capacity in the quick test', async () => {
    const { cycles, findings } = await readFile(resolve(samplesFolder, 'raw/quick-test.csv.gz'))
    expect(findings).toEqual([])
    expect(cycles).toHaveLength(1)
    expect(cycles[0].chargeCurve).not.toBeNull()
    expect(cycles[0].relaxation?.voltage.length).toBeGreaterThanOrEqual(14)
    expect(cycles[0].dischargeCapacity).toBeNull()
  })
})

function trueCapacity(name: string): number {
  const truth = storedJson('truth.json') as { cells: Record<string, { capacity_Ah: number }> }
  return truth.cells[`${name}.csv.gz`].capacity_Ah
}
