import type { Finding } from '../cell/finding.ts'
import type { Fraction } from '../units/quantities.ts'
import type { Manifest, TrainedDomain } from './package.ts'
import type { PlannedCycle } from './scenario.ts'
import { isVisited, nearestCondition } from './use.ts'

/** Share of a trained range that a value may lie beyond it before it counts as outside. */
const slack = 0.1

export interface DomainQuestion {
  readonly manifest: Manifest
  readonly rawFeatures: Float64Array
  readonly own: PlannedCycle
  readonly plan: readonly PlannedCycle[]
  readonly stateOfHealth: Fraction
}

/** What of a question lies outside the trained domain, in sentences that screen and report print alike. */
export function domainFindings(question: DomainQuestion): Finding[] {
  const domain = question.manifest.domain
  if (domain === null) {
    return [
      {
        code: 'domain-unknown',
        message: 'This imported network carries no record of its training domain; it answers anything.',
        proposal: 'Trust it only for the condition it was trained on.',
      },
    ]
  }
  return [
    ...useFindings(question, domain),
    ...featureFindings(question.rawFeatures, domain),
    ...healthFindings(question.stateOfHealth, domain),
  ]
}

/** True when the plan, or the measured use, was never trained: rates and temperature must have been seen together. */
export function isUnvisited(question: Pick<DomainQuestion, 'manifest' | 'own' | 'plan'>): boolean {
  const conditions = question.manifest.domain?.conditions ?? []
  return [question.own, ...question.plan].some((use) => !isVisited(use, conditions))
}

function useFindings(question: DomainQuestion, domain: TrainedDomain): Finding[] {
  const outside = distinctUses([question.own, ...question.plan]).filter(
    (use) => !isVisited(use, domain.conditions),
  )
  return outside.map((use) => {
    const nearest = nearestCondition(use, question.manifest)
    const trained =
      nearest === null
        ? 'nothing comparable'
        : sentence({
            chargeRate: nearest.charge_rate,
            dischargeRate: nearest.discharge_rate,
            temperature: nearest.temperature_degC,
          })
    return {
      code: 'use-outside-domain',
      message: `A use of ${sentence(use)} was not trained; the nearest trained one is ${trained}.`,
      proposal: 'Read the trajectory as an extrapolation, or plan a trained use.',
    }
  })
}

function distinctUses(uses: readonly PlannedCycle[]): PlannedCycle[] {
  return [...new Map(uses.map((use) => [sentence(use), use])).values()]
}

function sentence(use: PlannedCycle): string {
  const rate = (value: number): string => `${Number(value.toPrecision(3))} C`
  return `charge ${rate(use.chargeRate)}, discharge ${rate(use.dischargeRate)}, ${Number(use.temperature.toPrecision(3))} °C`
}

const featureNames = [
  'relaxation mean',
  'relaxation skew',
  'relaxation maximum',
  'relaxation minimum',
  'relaxation variance',
  'relaxation kurtosis',
  'curve mean',
  'curve skew',
  'curve maximum',
  'curve variance',
  'charge at 3.65 V',
  'voltage 0.2 Ah later',
]

function featureFindings(features: Float64Array, domain: TrainedDomain): Finding[] {
  const { low, high } = domain.features
  const names = featureNames.slice(-features.length)
  const outside = names.filter((_, i) =>
    isOutside(features[i] ?? NaN, low[i] ?? -Infinity, high[i] ?? Infinity),
  )
  if (outside.length === 0) return []
  return [
    {
      code: 'features-outside-domain',
      message: `Outside the trained range: ${outside.join(', ')}.`,
      proposal: 'Check the record; a pause or another sampling of the rest moves these values.',
    },
  ]
}

function healthFindings(stateOfHealth: Fraction, domain: TrainedDomain): Finding[] {
  const { low, high } = domain.stateOfHealth
  if (!isOutside(stateOfHealth, low, high)) return []
  const percent = (value: Fraction): string => `${(100 * value).toFixed(0)} %`
  return [
    {
      code: 'health-outside-domain',
      message: `A state of health of ${percent(stateOfHealth)} lies outside the trained ${percent(low)} to ${percent(high)}.`,
      proposal: 'Measure the capacity once and state it.',
    },
  ]
}

function isOutside(value: number, low: number, high: number): boolean {
  const margin = slack * (high - low)
  return !(value >= low - margin && value <= high + margin)
}
