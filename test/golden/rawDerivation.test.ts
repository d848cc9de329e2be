import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecord } from '../support/readRecord.ts'
import type { Cycle } from '../../src-shared/cell/cycle.ts'
import { publishedRows } from '../../src-shared/cell/publishedRows.ts'
import { needsShared, sharedData } from '../support/shared.ts'

const folder = sharedData('raw-UL-NCA')
const records = folder === null ? ['every record'] : readdirSync(folder)

describe.skipIf(folder === null)(`the published rows from the raw record${needsShared}`, () => {
  it.each(records)('%s', async (name) => {
    const { record } = await readRecord(join(folder!, name))
    const published = await readRecord(sharedData('UL-NCA', name.replace('.gz', ''))!)
    const derived = publishedRows(record)
    expect(derived.map(({ number }) => number)).toEqual(published.cycles.map(({ number }) => number))
    for (const [row, cycle] of derived.entries())
      expect(worst(cycle, published.cycles[row])).toBeLessThan(1e-9)
  })
})

/** Largest difference in the units of the published files: mAh and V. */
function worst(derived: Cycle, published: Cycle): number {
  return Math.max(
    largest(derived.chargeCurve!.charge, published.chargeCurve!.charge) * 1000,
    largest(derived.relaxation!.voltage, published.relaxation!.voltage),
    Math.abs(derived.dischargeCapacity! - published.dischargeCapacity!) * 1000,
  )
}

function largest(a: Float64Array, b: Float64Array): number {
  return a.length === b.length ? Math.max(...a.map((value, i) => Math.abs(value - b[i]))) : Infinity
}
