import type { Finding } from '../cell/finding.ts'
import { legacyFeatureNames } from '../features/legacyFeatures.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { typesOfChemistry } from './cellType.ts'
import type { Manifest, TrainedDomain } from './package.ts'
import type { PlannedCycle } from './scenario.ts'
import { isVisited, useOutside } from './use.ts'

/** Share of a trained range that a value may lie beyond it before it counts as outside. */
const slack = 0.1

/** Rated capacities within this fraction count as the trained type. */
const sameCapacity = 0.05

export interface DomainQuestion {
  readonly manifest: Manifest
  readonly cellType: { readonly chemistry: string; readonly ratedCapacity: AmpereHour }
  readonly rawFeatures: Float64Array
  /** Of the cell's type, where they differ by type; absent: the domain's. */
  readonly ranges?: TrainedDomain['features'] | undefined
  readonly own: PlannedCycle
  readonly stateOfHealth: Fraction
}

/** What of a measured cycle lies outside the trained domain, in sentences that screen and report print alike. */
export function domainFindings(question: DomainQuestion): Finding[] {
  const { domain, scaler } = question.manifest
  const unscaled = scaler === null ? [scalerMissing] : []
  if (domain === null) return [...unscaled, domainUnknown]
  return [
    ...unscaled,
    ...capacityFindings(question.cellType, domain),
    ...ownUseFindings(question.own, question.manifest, domain),
    ...featureFindings(question.rawFeatures, question.ranges ?? domain.features),
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

function ownUseFindings(own: PlannedCycle, manifest: Manifest, domain: TrainedDomain): Finding[] {
  return isVisited(own, domain.conditions) ? [] : [useOutside(own, manifest)]
}

function featureFindings(features: Float64Array, { low, high }: TrainedDomain['features']): Finding[] {
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
