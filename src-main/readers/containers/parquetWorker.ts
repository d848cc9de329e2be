import { parentPort, workerData } from 'node:worker_threads'
import { Failure, failureFields, type FailureFields } from '../../../src-shared/failure/failure.ts'
import { parquetTable } from './parquetTable.ts'
import type { SourceTable } from './sourceTable.ts'

/** What the thread answers, once. */
export type ParquetAnswer = { readonly table: SourceTable } | { readonly failure: FailureFields }

async function answer(): Promise<ParquetAnswer> {
  try {
    return { table: await parquetTable(workerData as ArrayBuffer) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { failure: failureFields(error) }
  }
}

parentPort?.postMessage(await answer())
