import type { CellDescription } from '../cell/cell.ts'
import type { Cycle } from '../cell/cycle.ts'
import type { Finding } from '../cell/finding.ts'
import { cholesky, choleskySolve } from '../evidence/linear.ts'
import { Failure } from '../failure/failure.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type { Assessment, TrajectoryPoint } from './assessment.ts'
import { endOfLife } from './endOfLife.ts'
import type { Scenario } from './scenario.ts'

export interface PolynomialRequest {
  readonly cell: {
    readonly name: string
    readonly description: CellDescription
    readonly cycles: readonly Cycle[]
  }
  /** The plan, which this method does not read; absent: held use. */
  readonly scenario?: Scenario
  readonly horizon: number
  readonly threshold: Fraction
}

/** Capacities that a cell must have behind it. */
export const leastPast = 50
/** Of a long past only the end is followed. */
const mostPast = 200
const terms = 4
/** So that a cubic stays defined where the capacities do not bend. */
const penalty = 1e-6
const level = 0.9
/** Errors of a step that tell its interval. */
const leastErrors = 10

/**
 * Trajectory of a cell by a cubic polynomial through its own past capacities: what a history tells where no charge was
 * recorded. It assumes that the cell goes on being used as it was. The interval is what the same method was off by, from
 * earlier cycles of the same cell, at so many cycles ahead; where its past is too short for that there is none.
 *
 * @throws Failure not-determinable: `too-few-capacities`, `nominal-capacity-needed`.
 */
export function polynomialForecast({ cell, scenario, horizon, threshold }: PolynomialRequest): Assessment {
  const { name, description, cycles } = cell
  const { nominalCapacity_Ah: ratedCapacity, chemistry, simulated } = description
  if (ratedCapacity === null) throw ratedCapacityNeeded()
  const measured = cycles.flatMap((cycle) =>
    cycle.dischargeCapacity === null ? [] : [{ number: cycle.number, capacity: cycle.dischargeCapacity }],
  )
  if (measured.length < leastPast) throw tooFew(name, measured.length)
  const past = measured.map(({ capacity }) => capacity)
  const half = hindsight(past, horizon)
  const forecast = continued(past, horizon)
  const present = past[past.length - 1]
  const trajectory = Array.from({ length: horizon }, (_, t): TrajectoryPoint => {
    if (t === 0)
      return { cycle: 0, capacity_Ah: present, low_Ah: present, high_Ah: present, evidence: 'measured' }
    const width = half[t]
    const capacity_Ah = forecast[t]
    if (width === null)
      return { cycle: t, capacity_Ah, low_Ah: null, high_Ah: null, evidence: 'extrapolated' }
    const [low_Ah, high_Ah] = [Math.max(0, capacity_Ah - width), capacity_Ah + width]
    return { cycle: t, capacity_Ah, low_Ah, high_Ah, evidence: 'estimated' }
  })
  return {
    schema: 'pimoe-assessment/1',
    cell: name,
    cycle: measured[measured.length - 1].number,
    model: { name: 'polynomial', sha256: '' },
    nominalCapacity_Ah: ratedCapacity,
    chemistry: chemistry ?? 'not stated',
    scenario: scenario ?? { name: 'use as before', blocks: [] },
    presentCapacity: { value_Ah: present, low_Ah: present, high_Ah: present, evidence: 'measured' },
    stateOfHealth: healthOf(present / ratedCapacity),
    gate: { weights: [], logits: [], stability: null },
    trajectory,
    endOfLife: endOfLife(trajectory, { threshold, ratedCapacity }),
    domain: { inside: true, findings: findingsOf(scenario !== undefined, half.includes(null)) },
    simulated,
  }
}

function healthOf(value: Fraction): Assessment['stateOfHealth'] {
  return {
    value,
    low: value,
    high: value,
    definition: 'Measured discharge capacity, relative to the rated one',
    evidence: 'measured',
  }
}

function findingsOf(hasPlan: boolean, isShort: boolean): Finding[] {
  const constant = {
    code: 'constant-use',
    message: hasPlan
      ? 'A polynomial through past capacities does not read the plan: it assumes that the cell goes on being used as it was.'
      : 'A polynomial through past capacities assumes that the cell goes on being used as it was.',
    proposal: 'Leave out --method polynomial where the use will change.',
  }
  const short = {
    code: 'no-hindsight',
    message: 'The past is too short to tell how far off the later steps are: they have no interval.',
    proposal: 'Ask for fewer cycles with --horizon.',
  }
  return isShort ? [constant, short] : [constant]
}

/** (H) the last capacity and what the cubic adds to its own value there, Ah. */
function continued(past: readonly AmpereHour[], horizon: number): Float64Array {
  const recent = past.slice(-mostPast)
  const last = recent.length - 1
  const at = cubic(recent)
  const start = at(last)
  return Float64Array.from({ length: horizon }, (_, t) =>
    Math.max(0, past[past.length - 1] + at(last + t) - start),
  )
}

/** Least squares; the place is scaled to −1 … 1. */
function cubic(values: readonly number[]): (place: number) => number {
  const scaled = (place: number): number => (2 * place) / Math.max(1, values.length - 1) - 1
  const normal = new Float64Array(terms * terms)
  const weights = new Float64Array(terms)
  values.forEach((value, place) => {
    const powers = powersOf(scaled(place))
    for (let i = 0; i < terms; i++) {
      for (let j = 0; j <= i; j++) normal[i * terms + j] += powers[i] * powers[j]
      weights[i] += powers[i] * value
    }
  })
  for (let i = 1; i < terms; i++) normal[i * terms + i] += penalty * values.length
  cholesky(normal, terms)
  choleskySolve(normal, terms, weights)
  return (place) => powersOf(scaled(place)).reduce((sum, power, i) => sum + power * weights[i], 0)
}

function powersOf(x: number): [number, number, number, number] {
  return [1, x, x * x, x * x * x]
}

/** (H) half the width of the interval by what earlier forecasts of the same cell missed, never narrower later; null: unknown. */
function hindsight(past: readonly AmpereHour[], horizon: number): (AmpereHour | null)[] {
  const missed = Array.from({ length: horizon }, (): number[] => [])
  for (let origin = leastPast; origin < past.length; origin++) {
    const ahead = Math.min(horizon, past.length - origin + 1)
    const forecast = continued(past.slice(0, origin), ahead)
    for (let t = 1; t < ahead; t++) missed[t].push(Math.abs(forecast[t] - past[origin - 1 + t]))
  }
  let widest = 0
  return missed.map((errors, t) => {
    if (t === 0) return 0
    if (errors.length < leastErrors) return null
    errors.sort((a, b) => a - b)
    const place = Math.min(errors.length - 1, Math.ceil(level * (errors.length + 1)) - 1)
    widest = Math.max(widest, errors[place])
    return widest
  })
}

function tooFew(cell: string, count: number): Failure {
  return new Failure(
    'not-determinable',
    'too-few-capacities',
    `${cell} has ${count} measured capacities; a polynomial needs ${leastPast}.`,
    { advice: 'Leave out --method polynomial: the model needs one charge and one rest.' },
  )
}

function ratedCapacityNeeded(): Failure {
  return new Failure(
    'not-determinable',
    'nominal-capacity-needed',
    'The rated capacity is not stated, and a polynomial knows no cell type to assume it from.',
    { advice: 'State the rated capacity: --nominal-capacity Ah.' },
  )
}
