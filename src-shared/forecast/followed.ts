import type { Finding } from '../cell/finding.ts'
import type { Fraction } from '../units/quantities.ts'
import type { Manifest } from './package.ts'
import type { PlannedCycle } from './scenario.ts'
import { isVisited } from './use.ts'

/** Health is known to about this much where the records of trained cells end. */
const tolerance = 0.005

/**
 * How many steps of a trajectory some trained cell of such health, under such use, was really followed; `horizon` where
 * all were, or where the use was not trained (then the whole answer is an extrapolation anyway).
 *
 * Records end where their laboratories stopped, so the last steps of an aged cell rest on no measured row.
 */
export function followedSteps(question: {
  readonly manifest: Manifest
  readonly own: PlannedCycle
  readonly stateOfHealth: Fraction
  readonly horizon: number
}): number {
  const { manifest, own, stateOfHealth, horizon } = question
  const conditions = (manifest.domain?.conditions ?? []).filter((condition) => isVisited(own, [condition]))
  const known = conditions.flatMap(({ followedFrom }) => (followedFrom === undefined ? [] : [followedFrom]))
  if (known.length === 0) return horizon
  for (let step = 0; step < horizon; step++) {
    if (stateOfHealth < lowestFollowed(known, step) - tolerance) return step
  }
  return horizon
}

function lowestFollowed(known: readonly (readonly Fraction[])[], step: number): Fraction {
  return known.reduce((low, followedFrom) => Math.min(low, followedFrom[step] ?? Infinity), Infinity)
}

/** The sentence for a trajectory that outlives the trained cells; none when all its steps were followed. */
export function followedFindings(steps: number, horizon: number): Finding[] {
  if (steps >= horizon) return []
  return [
    {
      code: 'beyond-trained-life',
      message: `No trained cell of such health was followed beyond ${steps} of these cycles; later ones are extrapolated.`,
      proposal: 'Measure the cell again before relying on the later part.',
    },
  ]
}
