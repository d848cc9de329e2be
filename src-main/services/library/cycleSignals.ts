import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { Trace } from '../../../src-shared/cell/trace.ts'
import type { CycleDetail } from '../../../src-shared/contract/requests.ts'

export function traceSignals({ time, voltage, current }: Trace): NonNullable<CycleDetail['record']> {
  return { time_s: Array.from(time), voltage_V: Array.from(voltage), current_A: Array.from(current) }
}

/** Derived signals of a cycle as plain numbers. */
export function cycleSignals({ row, number, chargeCurve, relaxation }: Cycle): Omit<CycleDetail, 'record'> {
  return {
    row,
    number,
    chargeCurve:
      chargeCurve === null
        ? null
        : { from_V: chargeCurve.from, to_V: chargeCurve.to, charge_Ah: Array.from(chargeCurve.charge) },
    relaxation:
      relaxation === null
        ? null
        : {
            time_s: relaxation.time === null ? null : Array.from(relaxation.time),
            voltage_V: Array.from(relaxation.voltage),
          },
  }
}
