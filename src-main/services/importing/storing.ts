import { isDeepStrictEqual } from 'node:util'
import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { RecordPreview } from '../../../src-shared/cell/recordPreview.ts'
import type { Acceptance, ImportedFile } from '../../../src-shared/contract/requests.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { StoredRecord } from '../../library/records.ts'
import { changeCells } from '../library/changing.ts'
import { measuredAgain, placedAgain, placedCycles, requireSameCell } from './laterRecord.ts'
import { fileNameOf } from '../library/logging.ts'
import type { ReadResult } from '../../readers/readResult.ts'
import { describeCell, type StatedDescription, type StatedReading } from '../library/statedDescription.ts'

export interface ReadRecord {
  readonly path: string
  readonly result: ReadResult
  /** Its signals, thinned; null for files without a time series. */
  readonly preview: RecordPreview | null
  readonly stated: StatedReading
  /** Under which decision the record is taken; null where nothing was in doubt. */
  readonly acceptance: Acceptance | null
}

/**
 * Cell, record, cycles and curves in one transaction. A file that is known already is not stored twice: it stays as it
 * was read, and is refused where a mapping reads it otherwise, unless it is to be read again.
 */
export function storeRecord(library: Library, record: ReadRecord): ImportedFile {
  const { result, stated, acceptance } = record
  return library.transaction(() => {
    const known = library.records.findByHash(result.sha256)
    if (known !== null && stated.again !== true && readsOtherwise(known, record))
      return readBefore(known, record)
    const { cell, findings = [] } = storedAs(library, known, record)
    library.quarantine.remove(quarantineId(result))
    return {
      ...fileOf(record),
      status: 'imported',
      known: known !== null,
      cells: [cell],
      cycles: result.cycles.length,
      findings: [...findings, ...result.findings],
      ...(acceptance === null ? {} : { repairs: acceptance.repairs }),
    }
  })
}

function fileOf({
  path,
  result: { sha256, format },
}: ReadRecord): Pick<ImportedFile, 'path' | 'sha256' | 'format'> {
  return { path, sha256, format }
}

function storedAs(
  library: Library,
  known: StoredRecord | null,
  record: ReadRecord,
): { cell: string; findings?: Finding[] } {
  const later = measuredAgain(library, record.stated)
  if (known === null)
    return { cell: later === null ? storeNew(library, record) : storeLater(library, record, later) }
  requireSameCell(later, known)
  const cell = storeKnown(library, known, record.stated)
  if (record.stated.again !== true) return { cell }
  const lost = library.assessments.removeOfRecord(known.id)
  const cycles = placedAgain(library, known, record.result)
  library.records.remove(known.id)
  storeCycles(library, record, { cellId: cell, cycles })
  logImport(library, cell, { record, replaces: known.importedAt })
  return { cell, findings: [replaced(lost)] }
}

function replaced(assessments: number): Finding {
  const lost =
    assessments === 0
      ? ''
      : assessments === 1
        ? ' One assessment rested on it and was removed with it.'
        : ` ${assessments} assessments rested on it and were removed with it.`
  const message = `This reading took the place of an earlier one of the same file.${lost}`
  return { code: 'reading-replaced', isNote: true, message }
}

/** True where a mapping, stated or kept as a template, reads the file in another way than it was read before. */
function readsOtherwise(known: StoredRecord, { result, stated }: ReadRecord): boolean {
  const isMapped = stated.mapping !== undefined || result.template !== undefined
  return isMapped && !isDeepStrictEqual(known.mapping ?? null, JSON.parse(JSON.stringify(result.mapping)))
}

function readBefore(known: StoredRecord, record: ReadRecord): ImportedFile {
  const finding: Finding = {
    code: 'read-otherwise',
    message: `This file is in the library already, read in another way on ${known.importedAt.slice(0, 10)}; nothing was changed.`,
    proposal: 'Import it again to put this reading in the place of the first (--again on the command line).',
  }
  return {
    ...fileOf(record),
    status: 'refused',
    known: true,
    cells: [known.cellId],
    cycles: record.result.cycles.length,
    findings: [finding],
  }
}

/** Twelve digits of the file's hash: the same file has the same id in every library, as its cell will have. */
export function quarantineId({ sha256 }: Pick<ReadResult, 'sha256'>): string {
  return sha256.slice(0, 12)
}

function storeNew(library: Library, record: ReadRecord): string {
  const { result, stated } = record
  const { sha256, cellName, simulated, description: hints } = result
  const description = describeCell({ name: cellName, simulated, hints }, stated)
  const cellId = sha256.slice(0, 12)
  library.cells.insert({ id: cellId, description, importedAt: new Date().toISOString() })
  storeCycles(library, record, { cellId, cycles: result.cycles })
  logImport(library, cellId, { record, description })
  return cellId
}

function storeLater(library: Library, record: ReadRecord, cell: StoredCell): string {
  const cycles = placedCycles(library, cell, record)
  const description = describeAs(library, cell, record.stated)
  storeCycles(library, record, { cellId: cell.id, cycles })
  logImport(library, cell.id, { record, description })
  return cell.id
}

function storeCycles(
  library: Library,
  { path, result, preview, acceptance }: ReadRecord,
  { cellId, cycles: placed }: { cellId: string; cycles: readonly Cycle[] },
): void {
  const { sha256, bytes, format, findings, mapping } = result
  const recordId = library.records.insert(cellId, {
    ...{ path, sha256, bytes, format, acceptance },
    findings: [...findings],
    importedAt: new Date().toISOString(),
    ...(mapping === null ? {} : { mapping }),
  })
  if (preview !== null) library.records.keepPreview(recordId, preview)
  const cycles = placed.map((cycle, i) => ({ cycle, trace: result.traces?.[i] ?? null }))
  library.cycles.insertAll({ cellId, recordId }, cycles)
}

interface ToldImport {
  readonly record: ReadRecord
  readonly description?: CellDescription
  /** When the reading was made whose place this one takes. */
  readonly replaces?: string
}

function logImport(library: Library, subject: string, { record, description, replaces }: ToldImport): void {
  const { path, result, acceptance } = record
  const { sha256, bytes, format, cycles } = result
  const detail = { file: fileNameOf(path), sha256, bytes, format, cycles: cycles.length, acceptance }
  library.log.append({
    kind: 'import',
    subject,
    detail: {
      ...detail,
      ...(description === undefined ? {} : { description }),
      ...(replaces === undefined ? {} : { replaces, mapping: result.mapping }),
    },
  })
}

/** Importing a file again brings back a removed cell, and what is stated now overrules what was known. */
function storeKnown(library: Library, record: StoredRecord, stated: StatedDescription): string {
  const { nominalCapacity_Ah, chemistry, temperature_degC } = stated
  changeCells(library, {
    kind: 'statement',
    ids: [record.cellId],
    change: () => ({
      removed: false,
      ...(nominalCapacity_Ah === undefined ? {} : { nominalCapacity_Ah }),
      ...(chemistry === undefined ? {} : { chemistry }),
      ...(temperature_degC === undefined ? {} : { temperature_degC }),
    }),
  })
  return record.cellId
}

function describeAs(
  library: Library,
  { id, description: before }: StoredCell,
  stated: StatedDescription,
): CellDescription {
  const after = describeCell({ name: before.name, simulated: before.simulated, hints: before }, stated)
  const { simulated: _, ...fields } = after
  changeCells(library, { kind: 'statement', ids: [id], change: () => fields })
  return after
}
