import type { CellDescription } from '../cell/cell.ts'
import type { Finding } from '../cell/finding.ts'
import { Failure } from '../failure/failure.ts'
import type { AmpereHour } from '../units/quantities.ts'
import type { Manifest, TrainedCellType } from './package.ts'

export interface ResolvedCellType {
  readonly chemistry: string
  readonly ratedCapacity: AmpereHour
  readonly findings: readonly Finding[]
}

/**
 * Chemistry and rated capacity of the cell: as stated, else assumed from the model's single trained type.
 *
 * @throws Failure `unknown-chemistry` (refused) for a stated chemistry that the model does not know; `chemistry-needed`
 * or `nominal-capacity-needed` (not-determinable) where nothing may be assumed.
 */
export function resolveCellType(description: CellDescription, manifest: Manifest): ResolvedCellType {
  const known = manifest.domain?.cellTypes ?? []
  const { types, chemistry, findings } = resolveChemistry(description, known, manifest)
  const stated = description.nominalCapacity_Ah
  if (stated !== null) {
    return { chemistry, ratedCapacity: stated, findings }
  }
  if (types.length !== 1) throw needed('nominal capacity', 'nominal-capacity-needed')
  const only = types[0]
  const finding = {
    code: 'assumed-nominal-capacity',
    message: `The rated capacity was not stated; ${only.nominalCapacity_Ah} Ah of the trained type ${only.label} is assumed.`,
    proposal: 'State the rated capacity.',
  }
  return { chemistry, ratedCapacity: only.nominalCapacity_Ah, findings: [...findings, finding] }
}

interface ResolvedChemistry {
  readonly chemistry: string
  readonly types: readonly TrainedCellType[]
  readonly findings: readonly Finding[]
}

function resolveChemistry(
  description: CellDescription,
  known: readonly TrainedCellType[],
  manifest: Manifest,
): ResolvedChemistry {
  const stated = description.chemistry
  if (manifest.domain === null) return { chemistry: stated ?? 'not stated', types: [], findings: [] }
  if (stated !== null) {
    const types = typesOfChemistry(stated, known)
    if (types.length === 0) throw unknownChemistry(stated, known, manifest)
    return { chemistry: stated, types, findings: [] }
  }
  if (known.length !== 1) throw needed('chemistry', 'chemistry-needed')
  const only = known[0]
  const finding = {
    code: 'assumed-chemistry',
    message: `The chemistry was not stated; ${only.chemistry} of the trained type ${only.label} is assumed.`,
    proposal: 'State the chemistry.',
  }
  return { chemistry: only.chemistry, types: [only], findings: [finding] }
}

/** The trained types of a chemistry, whatever its case. */
export function typesOfChemistry(chemistry: string, known: readonly TrainedCellType[]): TrainedCellType[] {
  const plain = (name: string): string => name.trim().toLowerCase()
  return known.filter((type) => plain(type.chemistry) === plain(chemistry))
}

function unknownChemistry(stated: string, known: readonly TrainedCellType[], manifest: Manifest): Failure {
  const chemistries = [...new Set(known.map((type) => type.chemistry))].join(', ')
  const message = `The model ${manifest.name} does not know ${stated}; it was trained on ${chemistries}.`
  return new Failure('refused', 'unknown-chemistry', message, {
    advice: 'Choose a model trained on this chemistry, or correct the chemistry.',
    found: stated,
  })
}

function needed(what: string, code: string): Failure {
  return new Failure('not-determinable', code, `The ${what} of the cell is not known.`, {
    advice: `State the ${what}: the record does not say it and this model has no single type to assume.`,
  })
}

/** A manifest that knows the conditions and errors of one cell type only; others were never comparable. */
export function ofType(
  manifest: Manifest,
  { chemistry, ratedCapacity }: Pick<ResolvedCellType, 'chemistry' | 'ratedCapacity'>,
): Manifest {
  const { domain, interval } = manifest
  if (domain === null || domain.conditions.every(({ type }) => type === undefined)) return manifest
  const distance = ({ nominalCapacity_Ah }: TrainedCellType): number =>
    Math.abs(Math.log(nominalCapacity_Ah / ratedCapacity))
  const near = typesOfChemistry(chemistry, domain.cellTypes)
    .sort((a, b) => distance(a) - distance(b))
    .at(0)
  const isOfType = ({ type }: { type?: string | undefined }): boolean => type === near?.label
  return {
    ...manifest,
    domain: { ...domain, conditions: domain.conditions.filter(isOfType) },
    interval: interval === null ? null : { ...interval, conditions: interval.conditions?.filter(isOfType) },
  }
}
