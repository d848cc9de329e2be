import type { TypicalLoss } from '../../../src-shared/evidence/typicalLoss.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import type { EvidenceRow } from './evidenceRow.ts'
import { groupedBy } from '../problem/grouping.ts'

/** Cycles over which a loss is told from the scatter of single ones. */
const span = 9
/** Distance of the healths that a rate is told at. */
const step: Fraction = 0.02
/** Fewer rows tell no rate. */
const leastRows = 5

/** By use; nothing where a cell of the type went through several uses: its losses cannot be told apart from its changes. */
export function typicalLosses(rows: readonly EvidenceRow[]): TypicalLoss[] {
  const byUse = groupedBy(rows, ({ use }) => use.map((value) => value.toPrecision(3)).join(' '))
  const cells = [...byUse.values()].map((own) => new Set(own.map(({ cell }) => cell)))
  const all = new Set(rows.map(({ cell }) => cell))
  if (cells.reduce((sum, { size }) => sum + size, 0) > all.size) return []
  return [...byUse.values()].flatMap((own) => {
    const points = ratesOf(own)
    if (points.length === 0) return []
    const { chargeRate, dischargeRate, temperature } = own[0].own
    return {
      use: { chargeRate, dischargeRate, temperature },
      health: points.map(({ health }) => health),
      rate: points.map(({ rate }) => rate),
    }
  })
}

interface RatePoint {
  readonly health: Fraction
  readonly rate: Fraction
}

/** The median over rows, at the healths that they lie near to. */
function ratesOf(rows: readonly EvidenceRow[]): RatePoint[] {
  const followed = rows.filter((row) => Number.isFinite(row.lostAt(span)))
  const near = groupedBy(followed, ({ capacity }) => String(Math.round(capacity / step)))
  return [...near]
    .flatMap(([place, own]) => {
      const rates = own.map((row) => row.lostAt(span) / span)
      if (rates.length < leastRows) return []
      return { health: rounded(Number(place) * step), rate: rounded(median(rates)) }
    })
    .sort((a, b) => a.health - b.health)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
