import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Application } from '../../../src-shared/contract/requests.ts'
import type { Declaration } from '../../../src-shared/exchange/declaration.ts'
import { changeCells } from '../library/changing.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

export function declaringRequests(parts: Parts): Pick<Application, 'cells/declare'> {
  return { 'cells/declare': ({ id, path }) => declare(parts, { id, path }) }
}

/**
 * Takes declared data into the library. They fill in the rated capacity and the chemistry where nobody stated one, and
 * change nothing that is known.
 */
async function declare(
  parts: Parts,
  { id: idOrName, path }: { id: string; path: string },
): Promise<{ cell: string; declaration: Declaration; findings: Finding[] }> {
  const library = await parts.library()
  const found = library.cells.find(idOrName)
  if (found === null) throw unknownCell(library, idOrName)
  const { id, description } = found
  const { readDeclared } = await parts.declared()
  const { findings, ...read } = await readDeclared(path, description)
  const declaration = { ...read, takenAt: new Date().toISOString() }
  const next = filledIn(description, declaration)
  library.transaction(() => {
    library.declarations.insert(id, declaration)
    const { nominalCapacity_Ah, chemistry } = next
    changeCells(library, {
      kind: 'declaration',
      ids: [id],
      change: () => ({ nominalCapacity_Ah, chemistry }),
    })
  })
  return { cell: id, declaration, findings: [...findings, ...told(description, next, declaration)] }
}

function filledIn(description: CellDescription, declaration: Declaration): CellDescription {
  const { nominalCapacity_Ah, chemistry } = declaredDescription(declaration)
  return {
    ...description,
    nominalCapacity_Ah: description.nominalCapacity_Ah ?? nominalCapacity_Ah,
    chemistry: description.chemistry ?? chemistry,
  }
}

function declaredDescription({ values }: Declaration) {
  const valueOf = (name: string) => values.find((value) => value.name === name)?.value ?? null
  const [rated, chemistry] = [valueOf('ratedCapacity'), valueOf('chemistry')]
  return {
    nominalCapacity_Ah: typeof rated === 'number' ? rated : null,
    chemistry: typeof chemistry === 'string' ? shortName(chemistry) : null,
  }
}

/** `Nickel Cobalt Manganese (NCM)` is NCM. */
function shortName(chemistry: string): string {
  return /\(([A-Z]{2,5})\)\s*$/.exec(chemistry)?.[1] ?? chemistry.trim()
}

function told(before: CellDescription, after: CellDescription, declaration: Declaration): Finding[] {
  const declared = declaredDescription(declaration)
  const fields = [
    { name: 'rated capacity', key: 'nominalCapacity_Ah', unit: ' Ah' },
    { name: 'chemistry', key: 'chemistry', unit: '' },
  ] as const
  return fields.flatMap(({ name, key, unit }): Finding[] => {
    const value = declared[key]
    if (value === null || value === before[key]) return []
    const isTaken = before[key] === null
    const known = isTaken ? 'was not known and is now' : `is ${String(after[key])}${unit} in the library, not`
    return [
      {
        code: isTaken ? 'declared-taken' : 'declared-differs',
        isNote: isTaken,
        message: `The ${name} ${known} ${String(value)}${unit} as declared.`,
        proposal: isTaken
          ? 'Correct it in the cell if it is wrong.'
          : 'Find out which is right and state it.',
      },
    ]
  })
}
