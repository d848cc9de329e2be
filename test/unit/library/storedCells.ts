import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { NewCycle } from '../../../src-main/library/cycles.ts'
import type { CellFields } from '../../../src-main/library/cells.ts'
import type { Library } from '../../../src-main/library/openLibrary.ts'

export const describedCell: CellDescription = {
  name: 'Zelle ÄÖ 電池',
  chemistry: 'NCA',
  nominalCapacity_Ah: 3.5,
  temperature_degC: null,
  simulated: false,
}

export function hashOf(seed: number): string {
  return seed.toString(16).padStart(64, '0')
}

/** Cycles with every combination of present and absent parts, the numbers seeded. */
export function seededCycles(seed: number, count: number): NewCycle[] {
  const random = seededRandom(seed)
  const befores = [null, { ampere: 0.5 }, { rate: 0.5 }]
  const values = (length: number) => Float64Array.from({ length }, () => random.gaussian())
  return Array.from({ length: count }, (_, row) => ({
    cycle: {
      row,
      // Numbers restart, rows do not.
      number: 2 + (row % 3),
      chargeCurve:
        row % 4 === 3
          ? null
          : { from: row % 2 === 0 ? 3.6 : null, to: row % 2 === 0 ? 4.15 : null, charge: values(50) },
      relaxation: row % 5 === 4 ? null : { time: row % 2 === 0 ? values(14) : null, voltage: values(14) },
      dischargeCapacity: row % 3 === 0 ? null : random.uniform(),
      use: {
        charge: row % 2 === 0 ? { ampere: random.uniform() } : { rate: random.uniform() },
        discharge: row % 3 === 0 ? null : { rate: 1 },
        before: befores[row % 3],
        temperature: row % 2 === 0 ? null : 25,
      },
      stored: row % 2 === 0 ? null : [2.5, 1, 25],
    } satisfies Cycle,
    trace:
      row % 2 === 0
        ? { time: Float32Array.of(0, 1), voltage: Float32Array.of(3.5, 4.2), current: Float32Array.of(1, -1) }
        : null,
  }))
}

/** Sets fields of a stored cell. */
export function setFields(library: Library, id: string, changed: Partial<CellFields>): void {
  library.cells.write(id, { ...library.cells.fields(id)!, ...changed }, new Date(0).toISOString())
}

/** Stores a cell, its record and its cycles in one transaction; returns the cell's id. */
export function storeCell(
  library: Library,
  seed: number,
  cycles: readonly NewCycle[],
  described: Partial<CellDescription> = {},
): string {
  const id = `cell-${seed}`
  const importedAt = new Date(1_700_000_000_000 + seed).toISOString()
  library.transaction(() => {
    library.cells.insert({
      id,
      description: { ...describedCell, name: `${describedCell.name} ${seed}`, ...described },
      importedAt,
    })
    const recordId = library.records.insert(id, {
      path: `/messung/ö ${seed}.csv`,
      sha256: hashOf(seed),
      bytes: 12,
      format: 'raw-eclab',
      acceptance: null,
      importedAt,
      findings: [{ code: 'first-rest-carries-current', message: 'µ', line: 3 }],
    })
    library.cycles.insertAll({ cellId: id, recordId }, cycles)
  })
  return id
}
