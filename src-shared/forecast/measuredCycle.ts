import type { Cycle } from '../cell/cycle.ts'
import { curveWindow } from '../cell/cycleSignals.ts'
import { isEnough } from '../evidence/cellTypeEvidence.ts'
import { Failure } from '../failure/failure.ts'
import type { Manifest } from './package.ts'

/** The window must be covered to this many volts: a network without masks reads every point of the curve. */
const windowTolerance_V = 0.02

/**
 * The cycle that an assessment rests on: the one asked for by the cycler's number (its last occurrence), else the last
 * one that the network can read.
 *
 * @throws Failure `no-such-cycle` (usage) or `no-usable-cycle` (not-determinable).
 */
export function measuredCycle(cycles: readonly Cycle[], manifest: Manifest, wanted?: number): Cycle {
  const candidates = wanted === undefined ? cycles : cycles.filter((cycle) => cycle.number === wanted)
  if (candidates.length === 0 && wanted !== undefined) throw noSuchCycle(cycles, wanted)
  const usable = candidates.findLast((cycle) => unusableReason(cycle, manifest) === null)
  if (usable !== undefined) return usable
  const last = candidates.at(-1)
  const reason = last === undefined ? 'there is no cycle' : unusableReason(last, manifest)
  throw new Failure(
    'not-determinable',
    'no-usable-cycle',
    `No forecast can rest on this cycle: ${reason ?? ''}.`,
    {
      advice: 'Measure one constant-current charge over the whole window and a rest of 30 minutes after it.',
    },
  )
}

/** Why the network cannot read a cycle, as the end of a sentence; null when it can. */
export function unusableReason(cycle: Cycle, manifest: Manifest): string | null {
  if (cycle.chargeCurve === null) return cycle.unusable ?? 'it has no charge curve over the voltage window'
  if (manifest.input.kind === 'evidence') return tooLittle(cycle, manifest)
  if (manifest.input.features === 12 && cycle.relaxation === null) return 'it has no rest after the charge'
  if (cycle.chargeCurve.charge.length !== manifest.network.V)
    return 'its charge curve has another number of points'
  return missedWindow(cycle, manifest)
}

function tooLittle(cycle: Cycle, { evidence }: Manifest): string | null {
  const isSeen = evidence?.types.some(({ grid, heads }) =>
    isEnough(
      grid,
      heads.map(({ window }) => window),
      cycle,
    ),
  )
  return isSeen === true ? null : 'its charge covers less than 0.2 V of the window that the model reads'
}

/** A published file's curve is what its network was trained on; any other must cover the published window. */
function legacyWindow({ stored }: Cycle): { from: number; to: number } | null {
  return stored === null ? curveWindow : null
}

function missedWindow(cycle: Cycle, manifest: Manifest): string | null {
  const window = manifest.domain?.window ?? legacyWindow(cycle)
  const { from, to } = cycle.chargeCurve ?? { from: null, to: null }
  if (window === null || from === null || to === null) return null
  if (from <= window.from + windowTolerance_V && to >= window.to - windowTolerance_V) return null
  return `its charge curve covers ${from.toFixed(2)}–${to.toFixed(2)} V, the model needs ${window.from}–${window.to} V`
}

function noSuchCycle(cycles: readonly Cycle[], wanted: number): Failure {
  const numbers = cycles.map((cycle) => cycle.number)
  const span = numbers.length === 0 ? 'none' : `${Math.min(...numbers)} to ${Math.max(...numbers)}`
  return new Failure('usage', 'no-such-cycle', `There is no cycle ${wanted}.`, {
    advice: `Choose one of the measured cycles (${span}).`,
  })
}
