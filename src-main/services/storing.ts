import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { Acceptance, ImportedFile } from '../../src-shared/contract/requests.ts'
import type { Library } from '../library/openLibrary.ts'
import type { StoredRecord } from '../library/records.ts'
import type { ReadResult } from '../readers/readResult.ts'
import { fileNameOf, logDescription } from './logging.ts'
import { describeCell, type StatedDescription } from './statedDescription.ts'

export interface ReadRecord {
  readonly path: string
  readonly result: ReadResult
  readonly stated: StatedDescription
  /** Under which decision the record is taken; null where nothing was in doubt. */
  readonly acceptance: Acceptance | null
}

/** Cell, record, cycles and curves in one transaction; a file that is known already is not stored twice. */
export function storeRecord(library: Library, record: ReadRecord): ImportedFile {
  const { path, result, stated, acceptance } = record
  return library.transaction(() => {
    const known = library.records.findByHash(result.sha256)
    const cell = known === null ? storeNew(library, record) : storeKnown(library, known, stated)
    library.quarantine.remove(quarantineId(result))
    return {
      path,
      sha256: result.sha256,
      format: result.format,
      status: 'imported',
      known: known !== null,
      cells: [cell],
      cycles: result.cycles.length,
      findings: [...result.findings],
      ...(acceptance === null ? {} : { repairs: acceptance.repairs }),
    }
  })
}

/** Twelve digits of the file's hash: the same file has the same id in every library, as its cell will have. */
export function quarantineId({ sha256 }: Pick<ReadResult, 'sha256'>): string {
  return sha256.slice(0, 12)
}

function storeNew(library: Library, { path, result, stated, acceptance }: ReadRecord): string {
  const { sha256, bytes, format, findings, cellName, simulated, description: hints } = result
  const description: CellDescription = describeCell({ name: cellName, simulated, hints }, stated)
  const importedAt = new Date().toISOString()
  const cellId = sha256.slice(0, 12)
  library.cells.insert({ id: cellId, description, importedAt })
  const record = { path, sha256, bytes, format, findings: [...findings], acceptance, importedAt }
  const recordId = library.records.insert(cellId, record)
  const cycles = result.cycles.map((cycle, i) => ({ cycle, trace: result.traces?.[i] ?? null }))
  library.cycles.insertAll({ cellId, recordId }, cycles)
  library.log.append({
    kind: 'import',
    subject: cellId,
    detail: { file: fileNameOf(path), sha256, bytes, format, cycles: cycles.length, description, acceptance },
  })
  return cellId
}

/** Importing a file again brings back a removed cell, and what is stated now overrules what was known. */
function storeKnown(library: Library, record: StoredRecord, stated: StatedDescription): string {
  if (library.cells.restore([record.cellId]) > 0) {
    library.log.append({
      kind: 'restoration',
      subject: record.cellId,
      detail: { file: fileNameOf(record.path) },
    })
  }
  const cell = library.cells.find(record.cellId)
  if (cell !== null) {
    const { description: before } = cell
    const after = describeCell({ name: before.name, simulated: before.simulated, hints: before }, stated)
    library.cells.describe(record.cellId, after)
    logDescription(library, record.cellId, { before, after })
  }
  return record.cellId
}
