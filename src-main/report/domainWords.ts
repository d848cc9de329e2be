import type { Assessment } from '../../src-shared/forecast/assessment.ts'

export interface DomainWords {
  /** The answer in a word or two. */
  readonly value: string
  /** What that makes of the numbers. */
  readonly range: string
  readonly evidence: string
  /** The same as a sentence, to open the findings. */
  readonly sentence: string
  readonly isWarning: boolean
}

/** Where an answer lies to what the model was trained on; every place of the page that says so says this. */
export function domainWords({ domain, trajectory }: Pick<Assessment, 'domain' | 'trajectory'>): DomainWords {
  const hasReasons = domain.findings.some(({ isNote }) => isNote !== true)
  const evidence = hasReasons ? 'reasons under Findings' : 'no findings'
  if (!domain.inside) return { ...outside, evidence }
  const isAssumed = trajectory.some((point) => point.evidence === 'extrapolated')
  return { ...(isAssumed ? onAssumptions : inside), evidence }
}

const inside = {
  value: 'inside',
  range: 'nothing extrapolated',
  sentence: 'Cell, cycle and plan lie inside the trained domain.',
  isWarning: false,
}

const onAssumptions = {
  value: 'inside, on assumptions',
  range: 'rests on what is assumed',
  sentence: 'Cell, cycle and plan lie inside the trained domain if what is assumed holds.',
  isWarning: true,
}

const outside = {
  value: 'outside',
  range: 'extrapolated in part or whole',
  sentence: 'Cell, cycle or plan lie outside the trained domain.',
  isWarning: true,
}
