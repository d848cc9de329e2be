import type { CellDescription } from '../cell/cell.ts'
import type { Cycle } from '../cell/cycle.ts'
import type { Finding } from '../cell/finding.ts'
import type { OwnUse } from '../evidence/cellTypeEvidence.ts'
import { Failure } from '../failure/failure.ts'
import type { AmpereHour, CRate } from '../units/quantities.ts'
import { measuredUse } from './networkInput.ts'
import type { Manifest, TrainedCondition } from './package.ts'
import type { PlannedCycle } from './scenario.ts'

interface PartialUse {
  readonly chargeRate: number | null
  readonly dischargeRate: number | null
  readonly temperature: number | null
}

/** Rates within 10 % and temperatures within 3 °C of a trained condition count as visited. */
const rateTolerance = 0.1
const temperatureTolerance_degC = 3
/** Where the record leaves several trained temperatures open, the one nearest to a laboratory's is assumed. */
const roomTemperature_degC = 25

/**
 * The use under which the cycle was measured; parts that record and description leave open are assumed from the nearest
 * trained condition, each with a finding.
 *
 * @throws Failure `use-needed` (not-determinable) where the model has no conditions to assume from.
 */
export function ownUse(
  cycle: Cycle,
  context: { description: CellDescription; ratedCapacity: AmpereHour; manifest: Manifest },
): { use: OwnUse; findings: readonly Finding[] } {
  const measured = measuredUse(cycle, context.ratedCapacity)
  const { beforeRate } = measured
  const known = { ...measured, temperature: context.description.temperature_degC ?? measured.temperature }
  const { chargeRate, dischargeRate, temperature } = known
  if (chargeRate !== null && dischargeRate !== null && temperature !== null) {
    return { use: { chargeRate, dischargeRate, beforeRate, temperature }, findings: [] }
  }
  const nearest = nearestCondition(known, context.manifest)
  if (nearest === null) throw useNeeded(known)
  const use = {
    chargeRate: chargeRate ?? nearest.charge_rate,
    dischargeRate: dischargeRate ?? nearest.discharge_rate,
    beforeRate,
    temperature: temperature ?? nearest.temperature_degC,
  }
  return { use, findings: assumptions(known, use) }
}

/** Whether rates and temperature were trained together: each alone is not enough. */
export function isVisited(use: PlannedCycle, conditions: readonly TrainedCondition[]): boolean {
  return conditions.some(
    (condition) =>
      Math.abs(use.chargeRate - condition.charge_rate) <= rateTolerance * condition.charge_rate &&
      Math.abs(use.dischargeRate - condition.discharge_rate) <= rateTolerance * condition.discharge_rate &&
      Math.abs(use.temperature - condition.temperature_degC) <= temperatureTolerance_degC,
  )
}

/** Farther than by this factor of a rate, or by this many °C, a use has nothing in common with the nearest trained one. */
const [farFactor, far_degC] = [2, 10]

/** Whether a use that was not trained lies so far from every trained one that its forecast is a guess. */
export function isFarOutside(use: PlannedCycle, conditions: readonly TrainedCondition[]): boolean {
  const isNear = (rate: CRate, trained: CRate): boolean =>
    rate <= trained * farFactor && rate >= trained / farFactor
  return conditions.every(
    (condition) =>
      !isNear(use.chargeRate, condition.charge_rate) ||
      !isNear(use.dischargeRate, condition.discharge_rate) ||
      Math.abs(use.temperature - condition.temperature_degC) > far_degC,
  )
}

/** How far a value of the use may be from the condition's to count as it. */
export function toleranceOf(condition: TrainedCondition): PlannedCycle {
  return {
    chargeRate: rateTolerance * condition.charge_rate,
    dischargeRate: rateTolerance * condition.discharge_rate,
    temperature: temperatureTolerance_degC,
  }
}

/** Whether two uses differ by no more than the tolerance of a trained condition. */
export function isSameUse(a: PlannedCycle, b: PlannedCycle): boolean {
  return isVisited(a, [conditionOf(b)])
}

function conditionOf(use: PlannedCycle): TrainedCondition {
  const { chargeRate, dischargeRate, temperature } = use
  return {
    name: '',
    charge_rate: chargeRate,
    discharge_rate: dischargeRate,
    temperature_degC: temperature,
    cells: 0,
  }
}

/** Finding for a use that was not trained, with the nearest that was. */
export function useOutside(use: PlannedCycle, manifest: Manifest): Finding {
  const nearest = nearestCondition(use, manifest)
  const trained = nearest === null ? 'nothing comparable' : sentence(useOf(nearest))
  return {
    code: 'use-outside-domain',
    message: `A use of ${sentence(use)} was not trained; the nearest trained one is ${trained}.`,
    proposal: 'Read the trajectory as an extrapolation, or plan a trained use.',
  }
}

/** Each use once, as a reader would tell them apart. */
export function distinctUses(uses: readonly PlannedCycle[]): PlannedCycle[] {
  return [...new Map([...new Set(uses)].map((use) => [sentence(use), use])).values()]
}

function useOf(condition: TrainedCondition): PlannedCycle {
  return {
    chargeRate: condition.charge_rate,
    dischargeRate: condition.discharge_rate,
    temperature: condition.temperature_degC,
  }
}

function sentence(use: PlannedCycle): string {
  const rate = (value: number): string => `${Number(value.toPrecision(3))} C`
  return `charge ${rate(use.chargeRate)}, discharge ${rate(use.dischargeRate)}, ${Number(use.temperature.toPrecision(3))} °C`
}

/** The trained condition nearest to what is known of a use; unknown parts do not count, ties go to room temperature. */
export function nearestCondition(use: PartialUse, manifest: Manifest): TrainedCondition | null {
  const ranked = (manifest.domain?.conditions ?? [])
    .map((condition) => ({ condition, distance: distance(use, condition) }))
    .sort((a, b) => a.distance - b.distance || fromRoom(a.condition) - fromRoom(b.condition))
  return ranked[0]?.condition ?? null
}

function distance(use: PartialUse, condition: TrainedCondition): number {
  const charge =
    use.chargeRate === null ? 0 : Math.log(Math.max(use.chargeRate, 1e-3) / condition.charge_rate)
  const discharge =
    use.dischargeRate === null ? 0 : Math.log(Math.max(use.dischargeRate, 1e-3) / condition.discharge_rate)
  const temperature = use.temperature === null ? 0 : (use.temperature - condition.temperature_degC) / 10
  // One per cent of rate is within the cycler's own scatter and must not break a tie.
  return Math.round(Math.hypot(charge, discharge, temperature) * 50) / 50
}

function fromRoom(condition: TrainedCondition): number {
  return Math.abs(condition.temperature_degC - roomTemperature_degC)
}

function assumptions(known: PartialUse, use: PlannedCycle): Finding[] {
  return [
    ...(known.chargeRate === null ? [assumption('charge rate', `${use.chargeRate} C`)] : []),
    ...(known.dischargeRate === null ? [dischargeOfCapacity(use.dischargeRate)] : []),
    ...(known.temperature === null ? [assumption('temperature', `${use.temperature} °C`)] : []),
  ]
}

function assumption(name: string, assumed: string): Finding {
  return {
    code: `assumed-${name.replace(' ', '-')}`,
    message: `The ${name} is not in the record; ${assumed} of the nearest trained condition is assumed.`,
    proposal: `State the ${name}.`,
  }
}

/** A charge and a rest hold no discharge: the rate then defines which capacity is meant, and puts nothing in question. */
function dischargeOfCapacity(dischargeRate: CRate): Finding {
  return {
    code: 'assumed-discharge-rate',
    isNote: true,
    message: `The record holds no discharge; the capacity is stated for a discharge at ${dischargeRate} C, as trained.`,
  }
}

function useNeeded(known: PartialUse): Failure {
  const missing = assumptions(known, { chargeRate: 0, dischargeRate: 0, temperature: 0 })
  const names = missing.map((finding) => finding.code.replace('assumed-', '').replace('-', ' ')).join(', ')
  return new Failure(
    'not-determinable',
    'use-needed',
    `The record does not say under which ${names} the cell was used.`,
    {
      advice: 'State the temperature and give a scenario with charge and discharge rates.',
    },
  )
}
