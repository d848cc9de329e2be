import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Application, CallContext, RequestOutput } from '../../../src-shared/contract/requests.ts'
import { resolveScenario } from '../assessing/assessing.ts'
import { batchFolder } from '../library/libraryFolder.ts'
import type { Parts } from '../parts.ts'
import { notWritable, openBatchFile } from './batchFile.ts'
import { answerCount, batchOrder, type BatchOrder } from './batchOrder.ts'
import { runBatch } from './runBatch.ts'
import { removeAbandoned, unfinishedName } from './unfinishedBatches.ts'

export function batchRequests(parts: Parts): Pick<Application, 'batches/run'> {
  return {
    'batches/run': async ({ cells, scenarios, ...settings }, context) => {
      const library = await parts.library()
      const plans = scenarios.map((scenario) => resolveScenario(library, scenario))
      const order = await batchOrder(parts, { cells, scenarios: plans, settings })
      return writeBatch(parts, order, context)
    },
  }
}

/** A new file in the library's folder, whole or not at all. */
async function writeBatch(
  parts: Parts,
  order: BatchOrder,
  { signal, progress }: CallContext<'batches/run'>,
): Promise<RequestOutput<'batches/run'>> {
  const folder = batchFolder(parts.libraryFolder)
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw notWritable(folder, error)
  })
  await removeAbandoned(folder)
  const name = newName()
  const path = join(folder, name)
  const unfinished = join(folder, unfinishedName(name))
  const file = await openBatchFile(unfinished, { resume: false })
  const total = answerCount(order)
  let done = 0
  let answered = 0
  try {
    for await (const block of runBatch(order, { parts, signal })) {
      await file.write(block.lines)
      done += block.count
      answered += block.answered
      progress({ done, total })
    }
    await file.close()
    await rename(unfinished, path)
  } catch (error) {
    await file.close()
    await rm(unfinished, { force: true })
    throw error
  }
  return { file: path, answers: total, refused: total - answered }
}

/** Sorts by time; no two are alike. */
function newName(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return `batch-${time}-${randomUUID().slice(0, 4)}.jsonl`
}
