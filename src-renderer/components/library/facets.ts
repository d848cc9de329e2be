import type { CellSummary } from '../../../src-shared/contract/cells.ts'
import { compareNames } from '../../locales/writing.ts'

export const facetNames = ['chemistry', 'grade', 'evidence', 'lot', 'tag', 'source'] as const

export type FacetName = (typeof facetNames)[number]

/** Values chosen of each facet: any of them passes, of every facet that has some. Empty text is what has none. */
export type Facets = Partial<Readonly<Record<FacetName, readonly string[]>>>

const valuesOf: Readonly<Record<FacetName, (cell: CellSummary) => readonly string[]>> = {
  chemistry: ({ description }) => [description.chemistry ?? ''],
  grade: ({ grade }) => [grade === null ? '' : (grade.grade ?? grade.verdict)],
  evidence: ({ assessed }) => [assessed?.evidence ?? ''],
  lot: ({ label }) => [label.lot ?? ''],
  tag: ({ label }) => (label.tags.length === 0 ? [''] : label.tags),
  source: ({ description }) => [description.simulated ? 'simulated' : 'measured'],
}

export function hasFacets(cell: CellSummary, facets: Facets): boolean {
  return facetNames.every((name) => {
    const chosen = facets[name] ?? []
    return chosen.length === 0 || valuesOf[name](cell).some((value) => chosen.includes(value))
  })
}

/** What there is to choose of a facet, with how many cells have it; what has none comes last. */
export function facetChoices(
  cells: readonly CellSummary[],
  name: FacetName,
): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const cell of cells)
    for (const value of valuesOf[name](cell)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => Number(a.value === '') - Number(b.value === '') || compareNames(a.value, b.value))
}
