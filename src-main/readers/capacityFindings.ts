import type { Cycle } from '../../src-shared/cell/cycle.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { AmpereHour } from '../../src-shared/units/quantities.ts'

/** Measured capacity relative to nominal that a cell in use can have. */
const possible = { low: 0.2, high: 1.3 } as const

/** Names the first cycle whose measured capacity does not fit the nominal one; nothing where either is unknown. */
export function capacityFindings(cycles: readonly Cycle[], nominal: AmpereHour | null): Finding[] {
  if (nominal === null) return []
  const unlikely = cycles.filter(({ dischargeCapacity }) => {
    const share = (dischargeCapacity ?? nominal) / nominal
    return share < possible.low || share > possible.high
  })
  if (unlikely.length === 0) return []
  const { number, dischargeCapacity } = unlikely[0]
  return [
    {
      code: 'unlikely-capacity',
      message: `Cycle ${number} measured ${(dischargeCapacity ?? 0).toFixed(3)} Ah of ${nominal} Ah nominal; ${unlikely.length} of ${cycles.length} cycles lie outside 20 to 130 %.`,
      proposal: 'Check the nominal capacity and the unit of the measured one.',
    },
  ]
}
