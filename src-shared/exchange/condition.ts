import type { Assessment, Evidence } from '../forecast/assessment.ts'
import { conditionNames } from './conditionNames.ts'
import type { RemainingEnergy } from './energy.ts'
import type { DeclaredValue } from './declaration.ts'

/** How a value came about, in the words of the Battery Pass data model. */
export type Method = 'measured' | 'estimated' | 'declared' | 'unknown'

export interface Uncertainty {
  /** Coverage that the interval claims. */
  readonly level: number
  readonly low: number
  readonly high: number
}

/** One row of the condition table; what is not known is a row too. */
export interface ConditionField {
  readonly name: string
  readonly value: number | string | null
  readonly unit: string | null
  /** In the unit of the value; null where none is stated. */
  readonly uncertainty: Uncertainty | null
  readonly method: Method
  /** Of an estimate, what it rests on; null otherwise. */
  readonly evidence: Evidence | null
  /** ISO 8601 instant or day; null where none is stated. */
  readonly date: string | null
}

export interface AssessedCondition {
  readonly assessment: Assessment
  /** ISO 8601 */
  readonly assessedAt: string
  readonly energy: RemainingEnergy
}

type Value = Omit<ConditionField, 'name' | 'unit'>

/**
 * The condition table of a battery: its own assessment first, then what was declared, else unknown.
 *
 * `declared` newest first; the first value of a name counts.
 */
export function conditionFields(
  assessed: AssessedCondition | null,
  declared: readonly DeclaredValue[],
): ConditionField[] {
  return conditionNames.map(({ name, unit }) => {
    const found = declared.find((value) => value.name === name)
    const value = assessedValue(name, assessed) ?? declaredValue(found) ?? unknownValue
    return { name, ...value, unit }
  })
}

const unknownValue: Value = { value: null, uncertainty: null, method: 'unknown', evidence: null, date: null }

function declaredValue(found: DeclaredValue | undefined): Value | null {
  if (found === undefined) return null
  const { value, date } = found
  return { value, uncertainty: null, method: 'declared', evidence: null, date }
}

function assessedValue(name: string, assessed: AssessedCondition | null): Value | null {
  if (assessed === null) return null
  const { assessment, assessedAt: date, energy } = assessed
  const { presentCapacity, stateOfHealth, nominalCapacity_Ah } = assessment
  if (name === 'ratedCapacity') return ratedCapacity(assessment, nominalCapacity_Ah)
  if (name === 'remainingCapacity') {
    const { value_Ah, low_Ah, high_Ah, evidence } = presentCapacity
    return estimate(value_Ah, [low_Ah, high_Ah], { evidence, date })
  }
  if (name === 'remainingEnergy') return energyValue(energy, date)
  if (name !== 'capacityFade') return null
  const { value, low, high, evidence } = stateOfHealth
  return estimate(fade(value), [fade(high), fade(low)], { evidence, date })
}

/** In kWh; null leaves the word to what is declared. */
function energyValue({ value_Wh, low_Wh, high_Wh, evidence }: RemainingEnergy, date: string): Value | null {
  if (value_Wh === null) return null
  return estimate(kilo(value_Wh), [kilo(low_Wh), kilo(high_Wh)], { evidence, date })
}

function kilo<T extends number | null>(value: T): T {
  return (value === null ? null : Number((value / 1000).toPrecision(12))) as T
}

function ratedCapacity({ domain }: Assessment, value: number): Value {
  const isAssumed = domain.findings.some(({ code }) => code === 'assumed-nominal-capacity')
  const method = isAssumed ? 'estimated' : 'declared'
  return { value, uncertainty: null, method, evidence: isAssumed ? 'extrapolated' : null, date: null }
}

function estimate(
  value: number | null,
  [low, high]: readonly [number | null, number | null],
  { evidence, date }: { evidence: Evidence; date: string },
): Value {
  if (value === null || evidence === 'not-determinable') return { ...unknownValue, evidence, date }
  const uncertainty = low === null || high === null ? null : { level: 0.9, low, high }
  return { value, uncertainty, method: evidence === 'measured' ? 'measured' : 'estimated', evidence, date }
}

/** Percent of the reference capacity that is gone. */
function fade<T extends number | null>(health: T): T {
  return (health === null ? null : Number((100 * (1 - health)).toFixed(9))) as T
}
