import type { Cycle } from '../../src-shared/cell/cycle.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { ScaledSignal } from '../../src-shared/cell/repair.ts'
import type { AmpereHour } from '../../src-shared/units/quantities.ts'
import type { RecordFormat } from './readResult.ts'

/** Measured capacity relative to nominal that a cell in use can have. */
const possible = { low: 0.2, high: 1.3 } as const
/** A charge over the curve's window is part of a capacity, and no small one. */
const leastCurve = 0.05

/**
 * Holds measured capacities against the nominal one. Where most cycles lie outside 20 to 130 % the scale is in doubt, and
 * a factor of a thousand is proposed if it brings them in; single ones are named. Nothing where the nominal is unknown.
 */
export function capacityFindings(
  { cycles, format }: { cycles: readonly Cycle[]; format: RecordFormat },
  nominal: AmpereHour | null,
): Finding[] {
  if (nominal === null) return []
  const shares = cycles.flatMap((cycle) => shareOf(cycle, nominal) ?? [])
  const unlikely = shares.filter(({ isPossible }) => !isPossible)
  if (unlikely.length === 0) return []
  const [{ cycle, capacity }] = unlikely
  const finding: Finding = {
    code: 'unlikely-capacity',
    message: `Cycle ${cycle.number} measured ${capacity.toFixed(3)} Ah of ${nominal} Ah nominal; ${unlikely.length} of ${cycles.length} cycles lie outside 20 to 130 %.`,
    found: `${capacity.toPrecision(4)} Ah`,
    proposal: 'Check the nominal capacity and the unit of the measured one.',
  }
  if (unlikely.length * 2 <= shares.length) return [finding]
  return [{ ...finding, isDoubt: true, ...scaleRepair(format, capacity / nominal) }]
}

/** A full discharge tells the capacity; of a charge alone at least what it cannot be. */
function shareOf(cycle: Cycle, nominal: AmpereHour) {
  const { dischargeCapacity, chargeCurve } = cycle
  const capacity = dischargeCapacity ?? chargeCurve?.charge.at(-1)
  if (capacity === undefined) return null
  const share = capacity / nominal
  const low = dischargeCapacity === null ? leastCurve : possible.low
  return { cycle, capacity, isPossible: share >= low && share <= possible.high }
}

function scaleRepair(format: RecordFormat, share: number): Pick<Finding, 'repair'> {
  if (format.startsWith('per-cycle')) return {}
  const signal: ScaledSignal = format === 'raw-eclab' ? 'charge' : 'current'
  const factor = [1000, 0.001].find((one) => share * one >= possible.low && share * one <= possible.high)
  return factor === undefined ? {} : { repair: `${signal}-times-${factor}` }
}
