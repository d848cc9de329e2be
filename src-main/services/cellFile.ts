import type { Finding } from '../../src-shared/cell/finding.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import type { ReadResult } from '../readers/readResult.ts'
import { doubtsOf, type AssessedCell } from './assessing.ts'
import type { Parts } from './parts.ts'
import { describeCell, type StatedDescription } from './statedDescription.ts'

/** A cell straight from its measurement file, without a library. */
export async function readCellFile(
  parts: Parts,
  path: string,
  { stated, signal }: { stated: StatedDescription; signal: CancelSignal },
): Promise<{ cell: AssessedCell; result: ReadResult }> {
  const result = await parts.readFile(path, signal)
  const { cellName: name, simulated, description: hints, cycles } = result
  const description = describeCell({ name, simulated, hints }, stated)
  return { cell: { name, description, cycles, doubts: doubtsOf(result.findings) }, result }
}

/** Throws Failure `no-usable-cycle` (not-determinable) with the reader's reason where a file gives no cycle at all. */
export function requireCycle({ cycles, findings }: ReadResult, file: string): void {
  if (cycles.length > 0) return
  const reason = findings.at(0)
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
  readonly rows: number
  readonly cycles: number
  readonly cell: string
  readonly condition: string
  readonly simulated: boolean
  readonly findings: readonly Finding[]
}

/** What a file is, without importing it. Throws what the reader throws. */
export async function inspectFile(parts: Parts, path: string, signal: CancelSignal): Promise<Inspection> {
  const { traces: _, cycles, cellName, description: __, ...rest } = await parts.readFile(path, signal)
  return { schema: 'pimoe-inspection/1', path, cell: cellName, ...rest, cycles: cycles.length }
}
