import { Failure, type FailureKind } from '../../src-shared/failure/failure.ts'

/** Failure for a name that is not among the known ones; proposes the nearest. */
export function unknownName(
  what: string,
  found: string,
  known: readonly string[],
  kind: FailureKind = 'usage',
): Failure {
  const nearest = nearestName(found, known)
  const code = `no-such-${what.replaceAll(' ', '-')}`
  const choice = known.length === 0 ? `There is no ${what} yet.` : `Known: ${known.slice(0, 12).join(', ')}.`
  return new Failure(kind, code, `There is no ${what} ${found}.`, {
    advice: nearest === null ? choice : `Did you mean ${nearest}? ${choice}`,
    found,
  })
}

/** The known name with the fewest edits, null when more than a third of the letters differ. */
export function nearestName(found: string, known: readonly string[]): string | null {
  const ranked = known.map((name) => ({
    name,
    distance: editDistance(found.toLowerCase(), name.toLowerCase()),
  }))
  const best = ranked.toSorted((a, b) => a.distance - b.distance).at(0)
  if (best === undefined) return null
  return best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replaced, above[j] + 1, current[j - 1] + 1))
    }
    above = current
  }
  return above[b.length]
}
