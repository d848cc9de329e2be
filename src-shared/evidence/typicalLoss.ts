import type { Fraction } from '../units/quantities.ts'

/** Rates in C, temperature in °C. */
export interface LossUse {
  readonly chargeRate: number
  readonly dischargeRate: number
  readonly temperature: number
}

/** What a cell of a type typically loses a cycle under one use, by its state of health: the median over the rows of its trained cells. */
export interface TypicalLoss {
  readonly use: LossUse
  /** Rising. */
  readonly health: readonly Fraction[]
  /** (health) relative to the rated capacity, a cycle; negative. */
  readonly rate: readonly Fraction[]
}

/** How much a use's trained cells speak for it, and what they lost. */
export interface LossPull {
  /** 0: nothing but the cell itself; 1: nothing but the cells of that use. */
  readonly weight: Fraction
  readonly rateAt: (health: Fraction) => Fraction
}

const noPull: LossPull = { weight: 0, rateAt: () => 0 }

/** Uses nearer than this are one: 23 % of a rate, 3 °C. */
const same = 0.3

/**
 * Where a plan leaves the cell's own use for one that other cells were trained in, those tell how fast it then fades: no
 * cell ever changed its use, and how a cell differs from others of its health is known for its own use only. Between two
 * uses the weights go over evenly; a factor of two of a rate or 10 °C is a distance of 1.
 */
export function lossPull(losses: readonly TypicalLoss[], own: LossUse, planned: LossUse): LossPull {
  const near = losses
    .map((loss) => ({ loss, weight: closeness(loss.use, planned) }))
    .filter(({ weight }) => weight > 0)
  const total = near.reduce((sum, { weight }) => sum + weight, 0)
  const weight = Math.min(1, total) * (1 - closeness(own, planned))
  if (weight <= 0) return noPull
  return {
    weight,
    rateAt: (health) => near.reduce((sum, one) => sum + (one.weight / total) * rateOf(one.loss, health), 0),
  }
}

/** 1 for one use, 0 from a distance of 1 on. */
function closeness(a: LossUse, b: LossUse): Fraction {
  const away = Math.hypot(
    octaves(a.chargeRate, b.chargeRate),
    octaves(a.dischargeRate, b.dischargeRate),
    (a.temperature - b.temperature) / 10,
  )
  return Math.min(1, Math.max(0, (1 - away) / (1 - same)))
}

function octaves(a: number, b: number): number {
  return Math.log2(Math.max(a, 1e-3) / Math.max(b, 1e-3))
}

/** Straight between the trained healths, held beyond them. */
function rateOf({ health, rate }: TypicalLoss, at: Fraction): Fraction {
  const right = health.findIndex((known) => known >= at)
  if (right === 0) return rate[0]
  if (right < 0) return rate[rate.length - 1]
  const share = (at - health[right - 1]) / (health[right] - health[right - 1])
  return rate[right - 1] + share * (rate[right] - rate[right - 1])
}
