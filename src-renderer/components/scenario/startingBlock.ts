import type { ScenarioBlock } from '../../../src-shared/forecast/scenario.ts'
import { host } from '../../host/host.ts'

/** Where nothing is known of a use: 0.5 C charge, 1 C discharge, 25 °C. */
export const plainUse: ScenarioBlock = {
  cycles: 25,
  charge_rate: 0.5,
  discharge_rate: 1,
  temperature_degC: 25,
}

/** The use that a cell's own record shows; what an answer only assumed keeps its plain value. */
export async function usedBlock(cell: string): Promise<ScenarioBlock> {
  try {
    const { scenario, domain } = await host.request('assessments/preview', { cell })
    const used = scenario.blocks[0]
    if (used === undefined) return plainUse
    const isAssumed = (part: string): boolean =>
      domain.findings.some(({ code }) => code === `assumed-${part}`)
    return {
      cycles: plainUse.cycles,
      charge_rate: isAssumed('charge-rate') ? plainUse.charge_rate : rounded(used.charge_rate, 2),
      discharge_rate: isAssumed('discharge-rate') ? plainUse.discharge_rate : rounded(used.discharge_rate, 2),
      temperature_degC: isAssumed('temperature')
        ? plainUse.temperature_degC
        : rounded(used.temperature_degC, 1),
    }
  } catch {
    return plainUse
  }
}

/** A measured rate of 0.4987 C was meant as 0.5. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
