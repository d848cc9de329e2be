import { expect, it } from 'vitest'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { needsShared, sharedData } from '../../support/shared.ts'

const files = [
  { path: 'UL-NCA/CY25-025_1-#1.csv', format: 'per-cycle-ul', rate: 0.25 },
  { path: 'UL-NCA/CY25-1_1-#1.csv', format: 'per-cycle-ul', rate: 1 },
  { path: 'UL-NCMNCA/CY25-05_4-#1.csv', format: 'per-cycle-ul', rate: 0.5 },
  { path: 'LSD/1.csv.gz', format: 'per-cycle-lsd', rate: null },
  { path: 'TPSL/Arbitrary-#1.csv', format: 'per-cycle-tpsl', rate: null },
  { path: 'raw-UL-NCA/CY25-1_1-#1.csv.gz', format: 'raw-eclab', rate: null },
]

it.skipIf(sharedData() === null).each(files)(
  `reads $path as $format${needsShared}`,
  async ({ path, format, rate }) => {
    const result = await readFile(sharedData(path)!)
    expect(result.format).toBe(format)
    const { charge } = result.cycles[0].use
    if (rate !== null) expect(charge).toEqual({ rate })
    else expect(charge).toHaveProperty('ampere')
  },
)
