import type { CellMatching, Comparison, ComparisonRow } from '../../../src-shared/contract/comparisons.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { divergenceMeasure, greatestDifference, matchFutures } from '../../../src-shared/lot/divergence.ts'

/** More would have to be compared pair by pair for minutes. */
const mostCells = 2000

type Answered = ComparisonRow & { readonly assessment: Assessment }

/**
 * Groups of compared cells, all under one plan, that differ least in the future. Only cells of one chemistry and rated
 * capacity share a group.
 *
 * Throws usage `group-too-large` and `too-many-cells`.
 */
export function matchCells({ rows }: Comparison, size: number): CellMatching {
  if (rows.length > mostCells) throw tooMany(rows.length)
  if (rows.length < size) throw tooLarge(rows.length, size)
  const answered = rows.filter((row): row is Answered => row.assessment !== null)
  const matched = [...kindsOf(answered).values()].map((kind) => matchKind(kind, size))
  const lengths = answered.map(({ assessment }) => assessment.trajectory.length)
  return {
    schema: 'pimoe-matching/1',
    measure: divergenceMeasure,
    scenario: rows[0]?.scenario ?? '',
    size,
    horizon: lengths.reduce((least, length) => Math.min(least, length - 1), Infinity),
    groups: matched.flatMap(({ groups }) => groups).sort((a, b) => a.divergence - b.divergence),
    left: matched.flatMap(({ left }) => left),
    refused: rows.flatMap((row) => (row.failure === null ? [] : [{ ...named(row), failure: row.failure }])),
  }
}

function kindsOf(rows: readonly Answered[]): Map<string, Answered[]> {
  const kinds = new Map<string, Answered[]>()
  for (const row of rows) {
    const { chemistry, nominalCapacity_Ah } = row.assessment
    const key = JSON.stringify([chemistry.trim().toLowerCase(), nominalCapacity_Ah])
    kinds.set(key, [...(kinds.get(key) ?? []), row])
  }
  return kinds
}

function matchKind(kind: readonly Answered[], size: number): Pick<CellMatching, 'groups' | 'left'> {
  const trajectories = kind.map(({ assessment }) =>
    Float64Array.from(assessment.trajectory, (point) => point.capacity_Ah / assessment.nominalCapacity_Ah),
  )
  const { groups, left } = matchFutures(trajectories, size)
  return {
    groups: groups.map(({ members, divergence }) => ({
      members: members.map((i) => named(kind[i])),
      divergence,
      greatest: greatestOf(members.map((i) => trajectories[i])),
      simulated: members.some((i) => kind[i].assessment.simulated),
    })),
    left: left.map((i) => named(kind[i])),
  }
}

function greatestOf(trajectories: readonly Float64Array[]): number {
  let greatest = 0
  for (const [i, a] of trajectories.entries())
    for (const b of trajectories.slice(i + 1)) greatest = Math.max(greatest, greatestDifference(a, b))
  return greatest
}

function named({ cell, cellName }: ComparisonRow): { cell: string; cellName: string } {
  return { cell, cellName }
}

function tooLarge(cells: number, size: number): Failure {
  return new Failure('usage', 'group-too-large', `${cells} cells make no group of ${size}.`, {
    advice: 'Name more cells, or ask for smaller groups.',
    found: String(size),
  })
}

function tooMany(cells: number): Failure {
  return new Failure('usage', 'too-many-cells', `${cells} cells are too many to be matched at once.`, {
    advice: `Match at most ${mostCells}: sort them by grade or lot first.`,
    found: String(cells),
  })
}
