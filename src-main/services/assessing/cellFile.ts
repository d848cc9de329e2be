import type { CycleProfile } from '../../../src-shared/cell/cycleProfile.ts'
import { doubtsAmong, type Finding } from '../../../src-shared/cell/finding.ts'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import type { ReadResult } from '../../readers/readResult.ts'
import { doubtsOf, type AssessedCell } from '../library/assessedCell.ts'
import type { Parts } from '../parts.ts'
import { describeCell, type StatedDescription } from '../library/statedDescription.ts'

/** A cell straight from its measurement file, without a library. */
export async function readCellFile(
  parts: Parts,
  path: string,
  { stated, signal }: { stated: StatedDescription; signal: CancelSignal },
): Promise<{ cell: AssessedCell; result: ReadResult }> {
  const { nominalCapacity_Ah } = stated
  const templates = await parts.templates()
  const result = await parts.readFile(path, signal, { nominalCapacity_Ah, templates })
  requireTrusted(result, path)
  const { cellName: name, simulated, description: hints, cycles } = result
  const description = describeCell({ name, simulated, hints }, stated)
  return { cell: { name, description, cycles, doubts: doubtsOf(result.findings) }, result }
}

/** Throws a Failure with the first doubt where the numbers cannot be trusted as they stand. */
export function requireTrusted({ findings }: ReadResult, file: string): void {
  const doubt = doubtsAmong(findings).at(0)
  if (doubt === undefined) return
  const { code, message, line, column, found, proposal } = doubt
  throw new Failure('refused', code, message, {
    advice: proposal ?? 'Correct the file, or import it and decide there.',
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(found === undefined ? {} : { found }),
  })
}

/** Throws Failure `no-usable-cycle` (not-determinable) with the reader's reason where a file gives no cycle at all. */
export function requireCycle({ cycles, findings }: ReadResult, file: string): void {
  if (cycles.some(({ chargeCurve }) => chargeCurve !== null)) return
  const reason = findings.find(({ code }) => code === 'no-charge-curve') ?? findings.at(0)
  throw new Failure(
    'not-determinable',
    'no-usable-cycle',
    `No forecast can rest on this record. ${reason?.message ?? ''}`.trim(),
    { advice: reason?.proposal ?? 'Measure one whole constant-current charge and a rest after it.', file },
  )
}

export interface Inspection {
  readonly schema: 'pimoe-inspection/1'
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly format: string
  readonly encoding: string
  readonly delimiter: string
  readonly decimal: string
  readonly columns: readonly { readonly name: string; readonly unit: string | null }[]
  /** How the table was read, in the words of `--map`; null for the layouts that are known as a whole. */
  readonly mapping: TableMapping | null
  readonly rows: number
  readonly cycles: number
  /** Of each cycle of a record: its segments, and whether its charge and its rest can serve. */
  readonly usability: readonly CycleProfile[]
  readonly cell: string
  readonly condition: string
  readonly simulated: boolean
  readonly findings: readonly Finding[]
}

/** What a file is, without importing it. Throws what the reader throws. */
export async function inspectFile(
  parts: Parts,
  path: string,
  { signal, mapping }: { signal: CancelSignal; mapping?: TableMapping },
): Promise<Inspection> {
  const read = await parts.readFile(path, signal, { mapping, templates: await parts.templates() })
  const { traces: _, cycles, profiles, cellName, description: __, ...rest } = read
  const usability = profiles ?? []
  return { schema: 'pimoe-inspection/1', path, cell: cellName, ...rest, cycles: cycles.length, usability }
}
