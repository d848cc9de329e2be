import { doubtsAmong, type Finding } from '../../../src-shared/cell/finding.ts'
import { previewCollector, type RecordPreview } from '../../../src-shared/cell/recordPreview.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'
import type { Acceptance, ImportedFile } from '../../../src-shared/contract/requests.ts'
import type { KeyFigures } from '../../../src-shared/contract/imports.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { ReadResult } from '../../readers/readResult.ts'
import { figureCounter } from './keyFigures.ts'
import type { Parts } from '../parts.ts'
import { forgetBytes, keepBytes } from '../library/quarantineFolder.ts'
import type { StatedReading } from '../library/statedDescription.ts'
import { quarantineId, storeRecord } from './storing.ts'

export interface ReadQuestion {
  /** Where the bytes lie. */
  readonly path: string
  readonly stated: StatedReading
  readonly signal: CancelSignal
  /** Takes the share of the file that has been read. */
  readonly onProgress?: (fraction: number) => void
}

/** A file as it reads under some repairs, and what it amounts to then. */
export interface Reading {
  readonly result: ReadResult
  readonly figures: KeyFigures
  readonly repairs: readonly Repair[]
  /** Its signals, thinned; null for files without a time series. */
  readonly preview: RecordPreview | null
}

/** Reads a file under repairs, none by default. */
export async function readUnder(
  parts: Parts,
  { path, stated, signal, onProgress }: ReadQuestion,
  repairs: readonly Repair[] = [],
): Promise<Reading> {
  const counter = figureCounter()
  const thinned = previewCollector()
  const { nominalCapacity_Ah, mapping } = stated
  const result = await parts.readFile(path, signal, {
    nominalCapacity_Ah,
    mapping,
    templates: (await parts.library()).templates.list(),
    repairs,
    onRow: (row, temperature, line) => {
      counter.onRow(row, temperature, line)
      thinned.push(row, temperature)
    },
    onProgress,
  })
  const preview = result.traces === null ? null : thinned.end()
  return { result, figures: counter.end(result), repairs, preview }
}

/** Reads again under every accepted repair that the findings propose, until they propose no other. */
export async function acceptProposals(
  parts: Parts,
  question: ReadQuestion,
  { plain, accept }: { plain: Reading; accept: readonly (Repair | 'proposed')[] },
): Promise<Reading> {
  const proposed = doubtsAmong(plain.result.findings).flatMap(({ repair }) => repair ?? [])
  const chosen = proposed.filter((repair) => accept.includes('proposed') || accept.includes(repair))
  const added = chosen.filter((repair, i) => !plain.repairs.includes(repair) && chosen.indexOf(repair) === i)
  if (added.length === 0) return plain
  const mended = await readUnder(parts, question, [...plain.repairs, ...added])
  return acceptProposals(parts, question, { plain: mended, accept })
}

export interface Decision {
  /** Where the file was found. */
  readonly path: string
  /** Where its bytes lie now. */
  readonly readFrom: string
  readonly stated: StatedReading
  readonly plain: Reading
  readonly decided: Reading
  /** True where the numbers are taken as they stand, whatever is still in doubt. */
  readonly isTrusted: boolean
}

/** Stores what is beyond doubt or was accepted; holds anything else in quarantine, its bytes kept. */
export async function takeOrHold(library: Library, decision: Decision): Promise<ImportedFile> {
  const { decided, isTrusted } = decision
  if (decided.figures.doubts > 0 && !isTrusted) return holdFile(library, decision)
  const { path, stated } = decision
  const file = storeRecord(library, {
    path,
    stated,
    result: decided.result,
    preview: decided.preview,
    acceptance: acceptanceOf(decision),
  })
  await forgetBytes(library.folder, quarantineId(decided.result))
  return file
}

function acceptanceOf({ plain, decided }: Decision): Acceptance | null {
  const doubts = doubtsAmong(plain.result.findings)
  if (doubts.length === 0) return null
  return {
    acceptedAt: new Date().toISOString(),
    repairs: decided.repairs.length > 0 ? [...decided.repairs] : ['as-recorded'],
    doubts,
    before: plain.figures,
    after: decided.figures,
    findings: doubtsAmong(decided.result.findings),
  }
}

/** The bytes first: a row without them could not be decided any more. */
async function holdFile(
  library: Library,
  { path, readFrom, stated, plain }: Decision,
): Promise<ImportedFile> {
  const { sha256, bytes, format, cycles } = plain.result
  const id = quarantineId(plain.result)
  const findings: Finding[] = [...plain.result.findings]
  if (readFrom === path) await keepBytes(library.folder, { id, path })
  const heldAt = new Date().toISOString()
  library.quarantine.hold({
    id,
    sha256,
    path,
    bytes,
    format,
    cycles: cycles.length,
    setting: stated,
    findings,
    heldAt,
  })
  return {
    path,
    sha256,
    format,
    status: 'quarantined',
    quarantine: id,
    known: false,
    cells: [],
    cycles: cycles.length,
    findings,
  }
}
