import { rounded } from './exact.ts'
import type { Chance } from './chance.ts'
import type { Observation } from './observe.ts'
import type { Trace } from './cycle.ts'

/** Per-cycle layout of the UL files: currents as C-rates, charge in mAh. */
export function ulFile(rows: readonly Observation[]): string {
  const heading =
    'Cycle,Charge_Current,Discharge_Current,Temperature,Capacity_Increment,Relaxation_Voltage,Discharge_Capacity'
  return file(heading, rows, ({ number, use, curve, relaxation, discharged_Ah }) => [
    ...[number, use.charge, use.discharge, use.temperature_degC],
    list(curve, 1000, 2),
    list(relaxation, 1, 5),
    rounded(discharged_Ah * 1000, 2),
  ])
}

/** Layout of the TPSL files: A, discharge negative; Ah; the curve is not zeroed; `Temperture` is their spelling. */
export function tpslFile(rows: readonly Observation[], nominal_Ah: number): string {
  const heading =
    'Cycle_Index,QV_Curve,Charge_Current(A),Temperture,Discharge_Current(A),Max_Charge_Capacity(Ah),Max_Discharge_Capacity(Ah)'
  return file(heading, rows, ({ number, use, curve, charged_Ah, discharged_Ah }) => [
    number,
    list(curve, 1, 4),
    rounded(use.charge * nominal_Ah, 3),
    use.temperature_degC,
    rounded(-use.discharge * nominal_Ah, 3),
    rounded(charged_Ah, 4),
    rounded(discharged_Ah, 4),
  ])
}

/** Layout of the LSD files: A and Ah, and the curve's voltage window in columns of its own. */
export function lsdFile(
  rows: readonly Observation[],
  nominal_Ah: number,
  window: { readonly from: number; readonly to: number },
): string {
  const heading =
    'Cycle,Charge_Current,Discharge_Current,Temperature,Capacity_Increment,Relaxation_Voltage,Discharge_Capacity,Start_Voltage,End_Voltage'
  return file(heading, rows, ({ number, use, curve, relaxation, discharged_Ah }) => [
    number,
    rounded(use.charge * nominal_Ah, 3),
    rounded(use.discharge * nominal_Ah, 3),
    use.temperature_degC,
    list(curve, 1, 5),
    list(relaxation, 1, 5),
    rounded(discharged_Ah, 6),
    ...[window.from, window.to],
  ])
}

/** EC-Lab layout: s, V, mA and mAh; the charge counters start anew with every direction of the current. */
export function rawFile(cycles: readonly Trace[], firstNumber: number, random: Chance): string {
  const heading =
    'time/s,control/V/mA,Ecell/V,<I>/mA,Q discharge/mA.h,Q charge/mA.h,control/V,control/mA,cycle number'
  let start = 0
  const lines = cycles.flatMap((trace, k) => {
    const rows = rawRows(trace, { start, number: firstNumber + k, random })
    start += (trace.time.at(-1) ?? 0) + 120
    return rows
  })
  return file(heading, lines, (line) => line)
}

function rawRows(
  trace: Trace,
  { start, number, random }: { readonly start: number; readonly number: number; readonly random: Chance },
): string[][] {
  const hold = 4.2
  const firstDischarge = trace.phase.indexOf('discharge')
  return trace.phase.map((phase, i) => {
    const discharging = firstDischarge !== -1 && i >= firstDischarge
    const setVolt = phase === 'hold' ? hold : 0
    const setMilliampere = phase === 'charge' || phase === 'discharge' ? trace.current[i] * 1000 : 0
    const measured = trace.current[i] === 0 ? 0 : trace.current[i] * 1000 + 0.3 * random.normal()
    return [
      rounded(start + trace.time[i], 2),
      rounded(setVolt + setMilliampere, 3),
      rounded(trace.voltage[i] + 3e-5 * random.normal(), 5),
      rounded(measured, 2),
      rounded(discharging ? trace.discharged[i] * 1000 : 0, 3),
      rounded(discharging ? 0 : trace.charged[i] * 1000, 3),
      rounded(setVolt, 3),
      rounded(setMilliampere, 3),
      String(number),
    ]
  })
}

function list(values: readonly number[], factor: number, digits: number): string {
  return `"[${values.map((value) => rounded(value * factor, digits)).join(', ')}]"`
}

/** Every row ends in the column that tells a reader the file was simulated. */
function file<Row>(
  heading: string,
  rows: readonly Row[],
  cells: (row: Row) => readonly (string | number)[],
): string {
  const lines = rows.map((row) => `${cells(row).join(',')},1`)
  return `${[`${heading},Simulated`, ...lines].join('\n')}\n`
}
