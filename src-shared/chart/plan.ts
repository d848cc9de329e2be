import type { Assessment } from '../forecast/assessment.ts'
import { ofType } from '../forecast/cellType.ts'
import type { Manifest, TrainedCondition, TrainedDomain } from '../forecast/package.ts'
import { changeUntrained } from '../forecast/planReach.ts'
import { plannedCycle, type PlannedCycle, type Scenario, type ScenarioBlock } from '../forecast/scenario.ts'
import { isFarOutside, isSameUse, isVisited, toleranceOf, useOutside } from '../forecast/use.ts'
import { formatCount, formatCycles } from '../units/labels.ts'
import type { Range } from './frame.ts'

/** What the forecast of a block rests on. `far`: extrapolated so far that it is a guess; `beyond`: no forecast reaches it. */
export type BlockReach = 'inside' | 'extrapolated' | 'far' | 'beyond' | 'refused' | 'unknown'

export type PlanQuantity = 'charge_rate' | 'discharge_rate' | 'temperature_degC'

export interface PlanBlock {
  readonly block: ScenarioBlock
  /** Cycles ahead. */
  readonly from: number
  readonly to: number
  /** The last block is held to the end of the drawing. */
  readonly drawnTo: number
  readonly reach: BlockReach
  /** Why, as a sentence. */
  readonly reason: string
  readonly lanes: Readonly<Record<PlanQuantity, PlanLane>>
}

export interface PlanLane {
  /** Whether this value is one of those that put the block outside. */
  readonly isOutside: boolean
  /** What was trained of this quantity together with the block's other two. */
  readonly together: readonly Range[]
}

export interface PlanReading {
  readonly blocks: readonly PlanBlock[]
  /** What was trained of each quantity, whatever the others; empty where nothing is known. */
  readonly trained: Readonly<Record<PlanQuantity, readonly Range[]>>
  /** Values that the drawing covers. */
  readonly scale: Readonly<Record<PlanQuantity, Range>>
}

export interface PlanQuestion {
  readonly scenario: Scenario
  /** Cycles ahead that are drawn. */
  readonly span: number
  /** Of the model that answers; null: not known yet. */
  readonly manifest: Manifest | null
  /** Null where no cell is chosen or no answer is there. */
  readonly assessment: Assessment | null
  /** Why there is no answer, as a sentence. */
  readonly refusal: string | null
}

export const planQuantities: readonly PlanQuantity[] = ['charge_rate', 'discharge_rate', 'temperature_degC']

/** Every block of a plan over what the model was trained on: what a timeline draws. */
export function planReading(question: PlanQuestion): PlanReading {
  const { scenario, span, manifest, assessment } = question
  const known = manifest === null || assessment === null ? manifest : ofType(manifest, typeOf(assessment))
  const conditions = known?.domain?.conditions ?? []
  const trained = eachQuantity((quantity) => joined(conditions.map((one) => spanOf(one, quantity))))
  let from = 0
  const blocks = scenario.blocks.map((block, index) => {
    const to = from + block.cycles
    const isLast = index === scenario.blocks.length - 1
    const place = { block, from, to, drawnTo: isLast ? Math.max(span, to) : to }
    const isChanged = hasChanged(scenario.blocks.slice(0, index + 1))
    from = to
    const { reach, reason } = reachOf({ ...place, isChanged }, { ...question, manifest: known })
    const lanes = lanesOf(block, conditions, {
      trained,
      isInside: reach !== 'extrapolated' && reach !== 'far',
    })
    return { ...place, reach, reason, lanes }
  })
  const scale = eachQuantity((quantity) => scaleOf(quantity, scenario, trained[quantity]))
  return { blocks, trained, scale }
}

/** Cycles ahead to draw: all blocks, some of the last one held, a round number; not less than `least`. */
export function planSpan({ blocks }: Scenario, least: number): number {
  const cycles = blocks.reduce((sum, block) => sum + block.cycles, 0)
  const step = cycles <= 100 ? 10 : cycles <= 500 ? 50 : 100
  return Math.max(least, Math.ceil((cycles * 1.08) / step) * step)
}

/** Cycles ahead at which the blocks of a plan end. */
export function blockEnds({ blocks }: Scenario): number[] {
  let end = 0
  return blocks.map(({ cycles }) => (end += cycles))
}

interface Place extends Pick<PlanBlock, 'block' | 'from' | 'to' | 'drawnTo'> {
  /** Whether a block before it runs otherwise. */
  readonly isChanged: boolean
}
type Reading = Pick<PlanBlock, 'reach' | 'reason'>

function reachOf(place: Place, { manifest, assessment, refusal }: PlanQuestion): Reading {
  if (refusal !== null) return { reach: 'refused', reason: refusal }
  const last = assessment?.trajectory.at(-1)?.cycle
  if (last !== undefined && place.from >= last)
    return { reach: 'beyond', reason: `The model answers ${formatCycles(last)} ahead.` }
  const domain = manifest?.domain ?? null
  if (manifest === null || domain === null)
    return { reach: 'unknown', reason: 'What the model was trained on is not known.' }
  return reachIn({ ...manifest, domain }, place, assessment)
}

/** Where the model says what it was trained on. */
function reachIn(
  manifest: Manifest & { readonly domain: TrainedDomain },
  place: Place,
  assessment: Assessment | null,
): Reading {
  const { domain } = manifest
  const use = plannedCycle(place.block)
  if (!isVisited(use, domain.conditions)) {
    const isFar = isFarOutside(use, domain.conditions)
    return { reach: isFar ? 'far' : 'extrapolated', reason: useOutside(use, manifest).message }
  }
  if (place.isChanged && domain.hasChangingUse !== true)
    return { reach: 'extrapolated', reason: changeUntrained.message }
  if (isExtrapolated(place, assessment)) return { reach: 'extrapolated', reason: notFollowed }
  return { reach: 'inside', reason: insideWords(use, domain.conditions) }
}

const notFollowed =
  'The use was trained, but what comes before it was not, or no trained cell was followed so far.'

function hasChanged(blocks: readonly ScenarioBlock[]): boolean {
  const uses = blocks.map(plannedCycle)
  return uses.some((use) => !isSameUse(use, uses[uses.length - 1]))
}

/** Says something of the plan only where the present capacity itself rests on no assumption. */
function isExtrapolated({ from, drawnTo }: Place, assessment: Assessment | null): boolean {
  if (assessment === null || assessment.presentCapacity.evidence === 'extrapolated') return false
  const points = assessment.trajectory.filter(({ cycle }) => cycle > from && cycle <= drawnTo)
  return points.length > 0 && points[0].evidence === 'extrapolated'
}

function insideWords(use: PlannedCycle, conditions: readonly TrainedCondition[]): string {
  const cells = conditions
    .filter((condition) => isVisited(use, [condition]))
    .reduce((most, condition) => Math.max(most, condition.cells), 0)
  return `Trained: ${formatCount(cells, 'cell')} went through this use.`
}

function lanesOf(
  block: ScenarioBlock,
  conditions: readonly TrainedCondition[],
  { trained, isInside }: { trained: PlanReading['trained']; isInside: boolean },
): PlanBlock['lanes'] {
  const isTrained = (quantity: PlanQuantity): boolean => isWithin(block[quantity], trained[quantity])
  const isOnlyTogether = planQuantities.every(isTrained)
  return eachQuantity((quantity) => ({
    isOutside: !isInside && (isOnlyTogether ? !isVisitedBlock(block, conditions) : !isTrained(quantity)),
    together: joined(
      conditions.filter((one) => hasOthers(block, one, quantity)).map((one) => spanOf(one, quantity)),
    ),
  }))
}

function isVisitedBlock(block: ScenarioBlock, conditions: readonly TrainedCondition[]): boolean {
  return isVisited(plannedCycle(block), conditions)
}

/** Whether the block and the condition agree in the other two quantities. */
function hasOthers(block: ScenarioBlock, condition: TrainedCondition, quantity: PlanQuantity): boolean {
  return isVisitedBlock({ ...block, [quantity]: condition[quantity] }, [condition])
}

function typeOf({ chemistry, nominalCapacity_Ah }: Assessment) {
  return { chemistry, ratedCapacity: nominalCapacity_Ah }
}

function spanOf(condition: TrainedCondition, quantity: PlanQuantity): Range {
  const tolerance = toleranceOf(condition)
  const half = {
    charge_rate: tolerance.chargeRate,
    discharge_rate: tolerance.dischargeRate,
    temperature_degC: tolerance.temperature,
  }[quantity]
  return { low: condition[quantity] - half, high: condition[quantity] + half }
}

/** Spans in order, those that overlap as one. */
function joined(spans: readonly Range[]): Range[] {
  const found: Range[] = []
  for (const span of spans.toSorted((a, b) => a.low - b.low)) {
    const before = found.at(-1)
    if (before === undefined || span.low > before.high) found.push(span)
    else found[found.length - 1] = { low: before.low, high: Math.max(before.high, span.high) }
  }
  return found
}

function isWithin(value: number, spans: readonly Range[]): boolean {
  return spans.some(({ low, high }) => value >= low && value <= high)
}

/** Rates from 0, temperatures between tens; room above for an edge to be dragged to. */
function scaleOf(quantity: PlanQuantity, { blocks }: Scenario, trained: readonly Range[]): Range {
  const values = [
    ...blocks.map((block) => block[quantity]),
    ...trained.flatMap(({ low, high }) => [low, high]),
  ]
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  if (quantity === 'temperature_degC')
    return { low: Math.floor((low - 2) / 10) * 10, high: Math.ceil((high + 4) / 10) * 10 }
  const step = high <= 1.5 ? 0.5 : 1
  return { low: 0, high: Math.ceil((high * 1.1) / step) * step }
}

function eachQuantity<T>(of: (quantity: PlanQuantity) => T): Record<PlanQuantity, T> {
  return {
    charge_rate: of('charge_rate'),
    discharge_rate: of('discharge_rate'),
    temperature_degC: of('temperature_degC'),
  }
}
