import type { Finding } from '../cell/finding.ts'
import type { Fraction } from '../units/quantities.ts'
import { followedFindings, followedSteps } from './followed.ts'
import type { Manifest } from './package.ts'
import type { PlannedCycle } from './scenario.ts'
import { distinctUses, isSameUse, isVisited, useOutside } from './use.ts'

export interface PlanQuestion {
  readonly manifest: Manifest
  readonly own: PlannedCycle
  /** (H) */
  readonly plan: readonly PlannedCycle[]
  readonly stateOfHealth: Fraction
}

export interface PlanReach {
  /** Steps of the trajectory that rest on what trained cells went through; the measured cycle itself always counts. */
  readonly steps: number
  /** Whether all that is planned was trained, so that the interval holds as calibrated. */
  readonly isTrained: boolean
  readonly findings: readonly Finding[]
}

/** How far a plan stays within what was trained; it says nothing of the present capacity, which no plan moves. */
export function planReach(question: PlanQuestion): PlanReach {
  const { manifest, own, plan, stateOfHealth } = question
  const horizon = plan.length
  if (manifest.domain === null) return { steps: horizon, isTrained: false, findings: [] }
  const unvisited = unvisitedReach(question)
  const change = changeReach(question)
  const followed = followedSteps({ manifest, own, stateOfHealth, horizon })
  return {
    steps: Math.max(1, Math.min(unvisited.steps, change.steps, followed)),
    isTrained: unvisited.steps === horizon && change.steps === horizon,
    findings: [...unvisited.findings, ...change.findings, ...followedFindings(followed, horizon)],
  }
}

interface Reach {
  readonly steps: number
  readonly findings: readonly Finding[]
}

/** Uses that no trained cell saw; the cell's own use is spoken of where the present capacity is. */
function unvisitedReach({ manifest, own, plan }: PlanQuestion): Reach {
  const conditions = manifest.domain?.conditions ?? []
  const { first, uses } = usesThat(plan, (use) => !isVisited(use, conditions))
  if (uses.length === 0) return { steps: plan.length, findings: [] }
  const outside = uses.filter((use) => !isSameUse(use, own))
  return { steps: first, findings: distinctUses(outside).map((use) => useOutside(use, manifest)) }
}

/** Which uses of a plan are such, and the first step that has one (−1: none). The cycles of a block share their use. */
function usesThat(
  plan: readonly PlannedCycle[],
  isSuch: (use: PlannedCycle) => boolean,
): { first: number; uses: readonly PlannedCycle[] } {
  const uses = [...new Set(plan)].filter(isSuch)
  return { first: plan.findIndex((use) => uses.includes(use)), uses }
}

/** A change of use on the way: trained cells may never have gone through one. */
function changeReach({ manifest, own, plan }: PlanQuestion): Reach {
  const { first, uses } = usesThat(plan, (use) => !isSameUse(use, own))
  if (uses.length === 0) return { steps: plan.length, findings: [] }
  if (manifest.domain?.hasChangingUse === true) return { steps: plan.length, findings: [movedAtOnce] }
  return { steps: first, findings: [changeUntrained] }
}

export const changeUntrained: Finding = {
  code: 'use-change-untrained',
  message:
    'No trained cell ever changed its use; how this cell takes the planned change is an extrapolation.',
  proposal: 'Read the trajectory from the change on with care, and measure the cell again after it.',
}

const movedAtOnce: Finding = {
  code: 'capacity-under-plan',
  isNote: true,
  message:
    'Capacity is what each planned cycle would give: a change of rate or temperature moves it at once, beside ageing.',
}
