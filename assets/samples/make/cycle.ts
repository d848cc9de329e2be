import { exp } from './exact.ts'
import { openCircuit, resistances, timeConstants } from './cell.ts'
import type { Resistances, SimulatedCell } from './cell.ts'
import type { Use } from './ageing.ts'

/** Voltage limits, V, and the rest after each current: `restSamples` even samples, the first one interval after the cut. */
export interface Protocol {
  readonly charged: number
  readonly discharged: number
  readonly restInterval: number
  readonly restSamples: number
}

/** Where a cell stands between two steps: lithium in the negative electrode (Ah) and diffusion overpotentials (V). */
export interface Standing {
  readonly stored: number
  readonly fast: number
  readonly slow: number
}

export type Phase = 'charge' | 'hold' | 'rest' | 'discharge'

/** Parallel columns: s, V, A (charge positive), Ah since the trace began, each direction for itself. */
export interface Trace {
  readonly time: number[]
  readonly voltage: number[]
  readonly current: number[]
  readonly charged: number[]
  readonly discharged: number[]
  readonly phase: Phase[]
  end: Standing
}

/** Rate at which charging at constant voltage ends. */
const cutOff = 1 / 15
/** Interval at constant voltage, s. */
const holdStep = 30

/** One full cycle: constant current, constant voltage, rest, discharge, rest. */
export function fullCycle(cell: SimulatedCell, use: Use, protocol: Protocol, from: Standing): Trace {
  const trace = chargeAndRest(cell, use, protocol, from)
  const bench = benchOf(cell, use, protocol, trace)
  constantCurrent(bench, -use.discharge * cell.nominal_Ah, 'discharge')
  rest(bench)
  return trace
}

/** Constant current, constant voltage and one rest: all that a quick test of a used battery records. */
export function chargeAndRest(cell: SimulatedCell, use: Use, protocol: Protocol, from: Standing): Trace {
  const trace: Trace = {
    time: [],
    voltage: [],
    current: [],
    charged: [],
    discharged: [],
    phase: [],
    end: from,
  }
  const bench = benchOf(cell, use, protocol, trace)
  constantCurrent(bench, use.charge * cell.nominal_Ah, 'charge')
  constantVoltage(bench)
  rest(bench)
  return trace
}

/** A cell at rest at an open-circuit voltage, by halving the interval. */
export function restingAt(cell: SimulatedCell, volt: number): Standing {
  let low = 0
  let high = Math.min(cell.negative_Ah, cell.lithium_Ah)
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (openCircuit(cell, middle) < volt) low = middle
    else high = middle
  }
  return { stored: low, fast: 0, slow: 0 }
}

interface Bench {
  readonly cell: SimulatedCell
  readonly protocol: Protocol
  readonly ohm: Resistances
  readonly trace: Trace
  at: Standing
  time: number
  charged: number
  discharged: number
}

function benchOf(cell: SimulatedCell, use: Use, protocol: Protocol, trace: Trace): Bench {
  return {
    cell,
    protocol,
    trace,
    ohm: resistances(cell, use.temperature_degC),
    at: trace.end,
    time: trace.time.at(-1) ?? 0,
    charged: trace.charged.at(-1) ?? 0,
    discharged: trace.discharged.at(-1) ?? 0,
  }
}

function constantCurrent(bench: Bench, ampere: number, phase: 'charge' | 'discharge'): void {
  const limit = phase === 'charge' ? bench.protocol.charged : bench.protocol.discharged
  const step = (10 * bench.cell.nominal_Ah) / Math.abs(ampere)
  let before = terminal(bench, bench.at, ampere)
  record(bench, before, ampere, phase)
  while ((limit - before) * ampere > 0) {
    const next = moved(bench, ampere, step)
    const after = terminal(bench, next, ampere)
    const share = (limit - after) * ampere >= 0 ? 1 : (limit - before) / (after - before)
    pass(bench, ampere, step * share)
    before = share === 1 ? after : limit
    record(bench, before, ampere, phase)
  }
  bench.trace.end = bench.at
}

function constantVoltage(bench: Bench): void {
  const end = cutOff * bench.cell.nominal_Ah
  let ampere = holding(bench, bench.at)
  while (ampere > end) {
    const guess = holding(bench, moved(bench, ampere, holdStep))
    const share = guess >= end ? 1 : (ampere - end) / (ampere - guess)
    pass(bench, (ampere + Math.max(guess, end)) / 2, holdStep * share)
    ampere = share === 1 ? holding(bench, bench.at) : end
    record(bench, bench.protocol.charged, ampere, 'hold')
  }
  bench.trace.end = bench.at
}

function rest(bench: Bench): void {
  const { restInterval, restSamples } = bench.protocol
  for (let i = 0; i < restSamples; i++) {
    pass(bench, 0, restInterval)
    record(bench, terminal(bench, bench.at, 0), 0, 'rest')
  }
  pass(bench, 0, restInterval)
  bench.trace.end = bench.at
}

function terminal({ cell, ohm }: Bench, at: Standing, ampere: number): number {
  return openCircuit(cell, at.stored) + at.fast + at.slow + ampere * ohm.series
}

/** Current that keeps the cell at its upper limit. */
function holding(bench: Bench, at: Standing): number {
  return (bench.protocol.charged - terminal(bench, at, 0)) / bench.ohm.series
}

function moved({ at, ohm }: Bench, ampere: number, seconds: number): Standing {
  const fast = exp(-seconds / timeConstants.fast)
  const slow = exp(-seconds / timeConstants.slow)
  return {
    stored: at.stored + (ampere * seconds) / 3600,
    fast: at.fast * fast + ampere * ohm.fast * (1 - fast),
    slow: at.slow * slow + ampere * ohm.slow * (1 - slow),
  }
}

function pass(bench: Bench, ampere: number, seconds: number): void {
  bench.at = moved(bench, ampere, seconds)
  bench.time += seconds
  if (ampere > 0) bench.charged += (ampere * seconds) / 3600
  else bench.discharged -= (ampere * seconds) / 3600
}

function record(bench: Bench, volt: number, ampere: number, phase: Phase): void {
  const { trace } = bench
  trace.time.push(bench.time)
  trace.voltage.push(volt)
  trace.current.push(ampere)
  trace.charged.push(bench.charged)
  trace.discharged.push(bench.discharged)
  trace.phase.push(phase)
}
