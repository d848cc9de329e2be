import { aged } from './ageing.ts'
import { fullCycle, restingAt } from './cycle.ts'
import type { Use } from './ageing.ts'
import type { SimulatedCell } from './cell.ts'
import type { Protocol, Trace } from './cycle.ts'

export interface LivedCycle {
  readonly use: Use
  readonly trace: Trace
  /** The cell as this cycle met it. */
  readonly cell: SimulatedCell
}

/** Duration of a mild cycle, h, where only its ageing matters. */
const mildCycle = { charge: 0.5, discharge: 1, temperature_degC: 25, hours: 4.4 } as const

/** One cycle after the other; before the first, a conditioning cycle that no file shows brings the cell into its rhythm. */
export function lived(start: SimulatedCell, uses: readonly Use[], protocol: Protocol): LivedCycle[] {
  let cell = start
  let standing = fullCycle(cell, uses[0], protocol, restingAt(cell, 3)).end
  return uses.map((use) => {
    const trace = fullCycle(cell, use, protocol, standing)
    const met = { use, trace, cell }
    standing = trace.end
    cell = aged(cell, use, (trace.time.at(-1) ?? 0) / 3600)
    return met
  })
}

/** A cell with a first life of `cycles` cycles of one use behind it: mild use where none is given. */
export function afterFirstLife(cell: SimulatedCell, cycles: number, use: Use = mildCycle): SimulatedCell {
  let older = cell
  for (let i = 0; i < cycles; i++) older = aged(older, use, mildCycle.hours)
  return older
}

/** Discharge capacity, Ah, of each of the next cycles. */
export function capacities(cell: SimulatedCell, uses: readonly Use[], protocol: Protocol): number[] {
  return lived(cell, uses, protocol).map(({ trace }) => trace.discharged.at(-1) ?? 0)
}
