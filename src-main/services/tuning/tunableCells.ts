import { setImmediate } from 'node:timers/promises'
import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { CallContext, RequestInput } from '../../../src-shared/contract/requests.ts'
import { leastTunedRows, type Tunable, type TunableCell } from '../../../src-shared/contract/tuning.ts'
import { evidenceReader, type CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { cancelled } from '../../../src-shared/failure/failure.ts'
import { isUnlike } from '../../../src-shared/forecast/evidenceCapacity.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { TuningCell } from '../../training/tuning/tunedCells.ts'
import { storedCell } from '../library/assessedCell.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

export interface ChosenCell extends TuningCell {
  readonly type: CellTypeEvidence
}

interface ReadCell extends TunableCell {
  readonly sha256: string
  readonly found: ChosenCell | null
  readonly reason: string
}

/** A rated capacity further from the type's is another cell. */
const mostRatio = 1.2

export const wasTrainedOn = 'the package was trained or tuned on it'

/** Hashes of the files that a package was trained or tuned on: its errors there tell nothing of other cells. */
export function trainedHashes({ manifest }: ModelPackage): ReadonlySet<string> {
  const trained = manifest.training?.data.map(({ sha256 }) => sha256) ?? []
  return new Set([...trained, ...(manifest.tuning?.data ?? [])])
}

/** Counts what each cell offers to tuning. Throws `not-tunable`, `no-such-cell` or `cancelled`. */
export async function tunableCells(
  parts: Parts,
  models: ModelShelf,
  { model: named, cells: wanted }: RequestInput<'models/tunable'>,
  { signal, progress }: CallContext<'models/tunable'>,
): Promise<Tunable> {
  const parent = await models.find(named)
  const { notTunable } = await parts.tuning()
  if (parent.manifest.input.kind !== 'evidence' || parent.manifest.interval === null) throw notTunable()
  const library = await parts.library()
  const cells: TunableCell[] = []
  for (const one of wanted) {
    await setImmediate()
    if (signal.aborted) throw cancelled()
    const counted = await countRows(parts, library, parent, one)
    cells.push(counted)
    progress(counted)
  }
  return { schema: 'pimoe-tunable/1', model: { name: parent.manifest.name, sha256: parent.sha256 }, cells }
}

async function countRows(
  parts: Parts,
  library: Library,
  parent: ModelPackage,
  wanted: string,
): Promise<TunableCell> {
  const stored = known(library, wanted)
  if (trainedHashes(parent).has(firstHash(library, stored.id))) {
    const type = typeOf(parent, stored.description)?.label ?? null
    return { cell: stored.id, name: stored.description.name, type, rows: null, reason: wasTrainedOn }
  }
  const order = { parent, wanted: stored.id, place: 0, most: leastTunedRows }
  const { cell, name, type, rows, found, reason } = await readTuningCell(parts, library, order)
  return { cell, name, type, rows, reason: found === null ? reason : null }
}

/** A cell with rows spread over its life, or why it has too few. Throws `no-such-cell`. */
export async function readTuningCell(
  parts: Parts,
  library: Library,
  order: { parent: ModelPackage; wanted: string; place: number; most: number },
): Promise<ReadCell> {
  const { parent, wanted, place, most } = order
  const stored = known(library, wanted)
  const type = typeOf(parent, stored.description)
  const read = {
    cell: stored.id,
    name: stored.description.name,
    sha256: firstHash(library, stored.id),
    type: type?.label ?? null,
    rows: null,
    found: null,
  }
  if (type === null) return { ...read, reason: 'its chemistry and rated capacity are of no trained type' }
  const { own, rows } = await usableRows(parts, library, { parent, stored, place, type })
  const counted = { ...read, rows: rows.length }
  const reason = `${rows.length} of its ${own.cycles.length} cycles show a whole charge like the trained ones, a rest after it and a measured capacity; ${leastTunedRows} are needed`
  if (rows.length < leastTunedRows) return { ...counted, reason }
  const count = Math.min(most, rows.length)
  const spread = Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)])
  return { ...counted, found: { cell: own, rows: spread, type }, reason: '' }
}

async function usableRows(
  parts: Parts,
  library: Library,
  order: { parent: ModelPackage; stored: StoredCell; place: number; type: CellTypeEvidence },
): Promise<{ own: TuningCell['cell']; rows: TuningCell['rows'] }> {
  const { parent, stored, place, type } = order
  const { cell } = storedCell(library, stored.id)
  const { description, stated } = cell
  const cycles = cell.cycles.map((cycle, row) => ({
    ...cycle,
    row,
    dischargeCapacity: cycle.dischargeCapacity ?? stated?.get(cycle.row) ?? null,
  }))
  const own = {
    path: stored.id,
    sha256: firstHash(library, stored.id),
    cell: description.name,
    condition: 'own',
    description,
    simulated: description.simulated,
    cycles,
    role: 'train' as const,
  }
  const ratedCapacity = description.nominalCapacity_Ah ?? type.nominalCapacity_Ah
  const { cellRows } = await parts.tuning()
  const whole = cellRows(own, place, { grid: type.present.grid, input: parent.manifest.input, ratedCapacity })
  const rows = whole.filter((row) => {
    const evidence = evidenceReader(type).read(cycles[row.row], row.own, { ratedCapacity })
    return evidence !== null && !isUnlike(evidence)
  })
  return { own, rows }
}

function known(library: Library, wanted: string): StoredCell {
  const stored = library.cells.find(wanted)
  if (stored === null) throw unknownCell(library, wanted)
  return stored
}

function firstHash(library: Library, id: string): string {
  return library.records.ofCell(id).at(0)?.sha256 ?? ''
}

function typeOf(
  { evidence = [] }: ModelPackage,
  { chemistry, nominalCapacity_Ah }: CellDescription,
): CellTypeEvidence | null {
  if (chemistry === null || nominalCapacity_Ah === null) return null
  const away = (type: CellTypeEvidence): number =>
    Math.abs(Math.log(type.nominalCapacity_Ah / nominalCapacity_Ah))
  const near = evidence
    .filter((type) => type.chemistry.toLowerCase() === chemistry.trim().toLowerCase())
    .toSorted((a, b) => away(a) - away(b))
    .at(0)
  return near === undefined || away(near) > Math.log(mostRatio) ? null : near
}
