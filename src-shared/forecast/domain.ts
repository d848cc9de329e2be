import type { Finding } from '../cell/finding.ts'
import { legacyFeatureNames } from '../features/legacyFeatures.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { typesOfChemistry } from './cellType.ts'
import type { VisitedUse } from './interval.ts'
import type { Manifest, TrainedDomain } from './package.ts'
import type { PlannedCycle } from './scenario.ts'
import { isVisited, nearestCondition } from './use.ts'

/** Share of a trained range that a value may lie beyond it before it counts as outside. */
const slack = 0.1

/** Rated capacities within this fraction count as the trained type. */
const sameCapacity = 0.05

export interface DomainQuestion {
  readonly manifest: Manifest
  readonly cellType: { readonly chemistry: string; readonly ratedCapacity: AmpereHour }
  readonly rawFeatures: Float64Array
  readonly own: PlannedCycle
  readonly plan: readonly PlannedCycle[]
  readonly stateOfHealth: Fraction
}

/** What of a question lies outside the trained domain, in sentences that screen and report print alike. */
export function domainFindings(question: DomainQuestion): Finding[] {
  const { domain, scaler } = question.manifest
  const unscaled = scaler === null ? [scalerMissing] : []
  if (domain === null) return [...unscaled, domainUnknown]
  return [
    ...unscaled,
    ...capacityFindings(question.cellType, domain),
    ...useFindings(question, domain),
    ...featureFindings(question.rawFeatures, domain),
    ...healthFindings(question.stateOfHealth, domain),
  ]
}

const scalerMissing: Finding = {
  code: 'scaler-missing',
  message:
    'The scaler of this imported network is not known: its features enter unscaled and its numbers mean nothing.',
  proposal: 'Import the checkpoint again with its scaler.',
}

const domainUnknown: Finding = {
  code: 'domain-unknown',
  message: 'This imported network carries no record of its training domain; it answers anything.',
  proposal: 'Trust it only for the condition it was trained on.',
}

/** Which of the uses were trained: rates and temperature must have been seen together. */
export function visitedUse({
  manifest,
  own,
  plan,
}: Pick<DomainQuestion, 'manifest' | 'own' | 'plan'>): VisitedUse {
  const conditions = manifest.domain?.conditions ?? []
  return { own: isVisited(own, conditions), plan: plan.every((use) => isVisited(use, conditions)) }
}

function capacityFindings(
  { chemistry, ratedCapacity }: DomainQuestion['cellType'],
  domain: TrainedDomain,
): Finding[] {
  const types = typesOfChemistry(chemistry, domain.cellTypes)
  const isSeen = types.some((type) => Math.abs(ratedCapacity / type.nominalCapacity_Ah - 1) <= sameCapacity)
  if (isSeen) return []
  const seen = types.map((type) => `${type.nominalCapacity_Ah} Ah`).join(', ')
  return [
    {
      code: 'unseen-nominal-capacity',
      message: `The model was trained on cells of ${seen}; this one has ${ratedCapacity} Ah.`,
      proposal: 'Check the rated capacity, or choose a model trained on such cells.',
    },
  ]
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

function featureFindings(features: Float64Array, domain: TrainedDomain): Finding[] {
  const { low, high } = domain.features
  const names = legacyFeatureNames.slice(-features.length)
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
