import { Worker } from 'node:worker_threads'
import { failureOf } from '../../../src-shared/failure/failure.ts'
import type { ParquetAnswer } from './parquetWorker.ts'
import { damaged, encrypted, truncated, wrongSignature } from './refusals.ts'
import type { SourceTable } from './sourceTable.ts'

const workerFile = import.meta.url.endsWith('.ts') ? './parquetWorker.ts' : './parquetWorker.js'

/** A whole file takes far less; counts in a damaged one can make the library fill gigabytes with nothing, for hours. */
const longest_ms = { file: 10_000, byte: 0.001 }
const largestHeap_MB = 4096

/**
 * The one table of a Parquet file; the first row holds the column names. Nested values come as null. It is unpacked in a
 * thread of its own, which ends with the answer, or where it takes more time or memory than any whole file.
 */
export async function parquetTables(
  bytes: Uint8Array,
  patience_ms = longest_ms.file + bytes.length * longest_ms.byte,
): Promise<readonly SourceTable[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  refuseForeign(buffer.toString('latin1', 0, 4), buffer.toString('latin1', buffer.length - 4))
  const file = new Uint8Array(bytes).buffer
  const worker = new Worker(new URL(workerFile, import.meta.url), {
    workerData: file,
    transferList: [file],
    resourceLimits: { maxOldGenerationSizeMb: largestHeap_MB },
  })
  const answer = await answerOf(worker, patience_ms)
  if ('table' in answer) return [answer.table]
  throw failureOf(answer.failure)
}

function refuseForeign(head: string, foot: string): void {
  if (head === 'PARE' || foot === 'PARE') throw encrypted('Parquet file')
  if (head !== 'PAR1') throw wrongSignature('Parquet file')
  if (foot !== 'PAR1') throw truncated('Parquet file')
}

async function answerOf(worker: Worker, patience_ms: number): Promise<ParquetAnswer> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(damaged('Parquet file'))
      }
      timer = setTimeout(giveUp, patience_ms)
      worker.once('message', resolve)
      worker.once('error', giveUp)
      worker.once('exit', giveUp)
    })
  } finally {
    clearTimeout(timer)
    void worker.terminate()
  }
}
