import type { ConditionError, IntervalTable } from '../../../src-shared/forecast/package.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import type { CellTypeRows, EvidenceRow } from './evidenceRow.ts'
import { groupedBy, mean } from '../problem/grouping.ts'

/** A row whose cell was left out, and what the model said of it: (T) relative to the rated capacity. */
export interface LeftOutRow {
  readonly row: EvidenceRow
  /** Place of its cell type. */
  readonly type: number
  readonly predicted: Float64Array
}

const level = 0.9
/** Aimed at over all cells, so that conditions whose cells scatter more still reach the level. */
const wantedShare = 0.92
/** Beyond this quantile a row is an interrupted charge rather than a cell. */
const mostLevel = 0.97
/** Nothing is measured better. */
const leastError = 1e-3

/**
 * The interval from cells left out: for each type, use and step the quantile of the error over cells of equal weight,
 * at the level that n cells allow (⌈0.9 (n + 1)⌉ of n), then one factor so that the bands hold 92 % over all cells.
 *
 * Dunn, Wasserman, Ramdas, Distribution-free prediction sets for two-layer hierarchical models (2023).
 */
export function calibrateEvidence(
  leftOut: readonly LeftOutRow[],
  types: readonly CellTypeRows[],
  T: number,
): IntervalTable {
  const groups = groupedBy(leftOut, ({ row, type }) => [type, ...useOf(row)].join(' '))
  const conditions = [...groups.values()].map((rows) => conditionError(rows, types[rows[0].type].label, T))
  const units = new Map<LeftOutRow, readonly Fraction[]>()
  let place = 0
  for (const rows of groups.values()) {
    for (const row of rows) units.set(row, conditions[place].error)
    place++
  }
  const factor = scoreOf(leftOut, units)
  const shares = cellShares(leftOut, units, factor)
  return {
    level,
    base: 0,
    slope: 0,
    score: new Array<number>(T).fill(rounded(factor)),
    cells: shares.length,
    coverage: rounded(mean(shares)),
    coverageRange: bootstrapRange(shares),
    conditions,
  }
}

function useOf({ own }: EvidenceRow): number[] {
  return [own.chargeRate, own.dischargeRate, own.temperature].map((value) => Number(value.toPrecision(3)))
}

function conditionError(rows: readonly LeftOutRow[], type: string, T: number): ConditionError {
  const [charge_rate, discharge_rate, temperature_degC] = useOf(rows[0].row)
  const cells = new Set(rows.map(({ row }) => row.cell)).size
  const wanted = Math.min(mostLevel, (level * (cells + 1)) / cells)
  const error: number[] = []
  for (let t = 0; t < T; t++) {
    const found = cellWeighted(rows.flatMap((one) => errorAt(one, t) ?? []))
    const known = found.length === 0 ? grown(error, t) : quantile(found, wanted)
    error.push(rounded(Math.max(leastError, error.at(-1) ?? 0, known)))
  }
  return { type, charge_rate, discharge_rate, temperature_degC, cells, error }
}

/** Where no cell was followed so far, the error goes on growing as it did. */
function grown(error: readonly number[], t: number): number {
  const last = error.length - 1
  return last <= 0
    ? (error[0] ?? leastError)
    : error[last] + Math.max(0, error[last] - error[0]) / Math.max(1, t)
}

interface WeightedError {
  readonly cell: number
  readonly error: number
  readonly weight: number
}

function errorAt({ row, predicted }: LeftOutRow, t: number): { cell: number; error: number } | null {
  const truth = row.future.capacity.at(row.row + t)
  if (row.row + t >= row.future.capacity.length || truth === undefined || Number.isNaN(truth)) return null
  return { cell: row.cell, error: Math.abs(predicted[t] - truth) }
}

function cellWeighted(errors: readonly { cell: number; error: number }[]): WeightedError[] {
  const counts = new Map<number, number>()
  for (const { cell } of errors) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return errors.map((one) => ({ ...one, weight: 1 / (counts.get(one.cell) ?? 1) / counts.size }))
}

function quantile(errors: readonly WeightedError[], wanted: number): number {
  const sorted = [...errors].sort((a, b) => a.error - b.error)
  let weight = 0
  for (const one of sorted) {
    weight += one.weight
    if (weight >= wanted - 1e-9) return one.error
  }
  return sorted.at(-1)?.error ?? 0
}

/** The factor under which, over cells of equal weight, the wanted share of the values lies inside. */
function scoreOf(
  leftOut: readonly LeftOutRow[],
  units: ReadonlyMap<LeftOutRow, readonly Fraction[]>,
): number {
  const ratios = leftOut.flatMap((one) =>
    Array.from(one.predicted, (_, t) => {
      const found = errorAt(one, t)
      return found === null ? [] : [{ cell: found.cell, error: found.error / (units.get(one)?.[t] ?? 1) }]
    }).flat(),
  )
  const cells = new Set(ratios.map(({ cell }) => cell)).size
  return Math.max(0.5, quantile(cellWeighted(ratios), Math.min(1, (wantedShare * (cells + 1)) / cells)))
}

/** Of each cell: the share of its values inside the band. */
function cellShares(
  leftOut: readonly LeftOutRow[],
  units: ReadonlyMap<LeftOutRow, readonly Fraction[]>,
  factor: number,
): number[] {
  return [...groupedBy(leftOut, ({ row }) => String(row.cell)).values()].map((rows) => {
    const inside = rows.flatMap((one) =>
      Array.from(one.predicted, (_, t) => {
        const found = errorAt(one, t)
        return found === null ? [] : [found.error <= factor * (units.get(one)?.[t] ?? 0) ? 1 : 0]
      }).flat(),
    )
    return mean(inside)
  })
}

function bootstrapRange(shares: readonly number[]): [Fraction, Fraction] {
  const random = seededRandom(1)
  const means = Array.from({ length: 1000 }, () =>
    mean(shares.map(() => shares[random.below(shares.length)])),
  ).sort((a, b) => a - b)
  return [rounded(means[50]), rounded(means[949])]
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
