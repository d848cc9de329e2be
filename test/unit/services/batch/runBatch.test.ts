import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLibrary } from '../../../../src-main/library/openLibrary.ts'
import { wireParts } from '../../../../src-main/services/application.ts'
import { storedCell } from '../../../../src-main/services/library/assessedCell.ts'
import { answerCell } from '../../../../src-main/services/assessing/assessing.ts'
import type { BatchAnswer } from '../../../../src-main/services/batch/answerBlock.ts'
import { batchOrder, type BatchOrder } from '../../../../src-main/services/batch/batchOrder.ts'
import { runBatch } from '../../../../src-main/services/batch/runBatch.ts'
import type { Scenario } from '../../../../src-shared/forecast/scenario.ts'
import { writeTestModel } from '../../../support/testModel.ts'
import { measuredCycle } from '../../forecast/fixtures.ts'

const scenarios: Scenario[] = [25, 45, 5].map((temperature_degC) => ({
  name: `at ${temperature_degC} °C`,
  blocks: [{ cycles: 9, charge_rate: 0.5, discharge_rate: 1, temperature_degC }],
}))
const folder = mkdtempSync(join(tmpdir(), 'pimoe-Los '))
const shelf = join(folder, 'models')
const libraryFolder = join(folder, 'Bücherei')
const { parts, models } = wireParts({ libraryFolder, host: 'cli', modelFolders: [shelf] })
const goesOn = new AbortController().signal

beforeAll(async () => {
  await writeTestModel(shelf, 'pimoe')
  await writeTestModel(shelf, 'demo')
  const library = openLibrary(libraryFolder)
  library.transaction(() => Array.from({ length: 101 }, (_, i) => insertCell(library, i)))
  library.close()
})

afterAll(async () => {
  await parts.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Every fifth is simulated, every seventh of an unknown chemistry, and the last cycle of every third is cut short. */
function insertCell(library: ReturnType<typeof openLibrary>, i: number): void {
  const id = `cell-${i}`
  const chemistry = i % 7 === 0 ? 'Unknownium' : 'NCA'
  const description = {
    name: id,
    chemistry,
    nominalCapacity_Ah: 3.5,
    temperature_degC: 25,
    simulated: i % 5 === 0,
  }
  library.cells.insert({ id, importedAt: '2026-01-01T00:00:00.000Z', description })
  const sha256 = i.toString(16).padStart(64, '0')
  const record = {
    path: 'x',
    sha256,
    bytes: 1,
    format: 'test',
    importedAt: '2026-01-01',
    findings: [],
    acceptance: null,
  }
  const recordId = library.records.insert(id, record)
  const charge = Float64Array.from({ length: 50 }, (_, step) => step * 0.036 * (1 - i / 500))
  const whole = measuredCycle({ row: 0, number: 1, chargeCurve: { from: 3.6, to: 4.15, charge } })
  const cycles = i % 3 === 0 ? [whole, measuredCycle({ row: 1, number: 2, chargeCurve: null })] : [whole]
  library.cycles.insertAll(
    { cellId: id, recordId },
    cycles.map((cycle) => ({ cycle, trace: null })),
  )
}

const orderOf = (cells: string[] = []): Promise<BatchOrder> =>
  batchOrder(parts, { cells, scenarios, settings: {} })

async function textOf(order: BatchOrder, run: { first?: number; threads?: number } = {}): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const { lines } of runBatch(order, { parts, signal: goesOn, ...run }))
    text += decoder.decode(lines)
  return text
}

describe('a batch', () => {
  it('gives what assess gives, bit for bit, on any number of threads and from any answer on', async () => {
    const order = await orderOf()
    const whole = await textOf(order, { threads: 2 })
    const lines = whole.trimEnd().split('\n')
    expect(lines.length).toBe(303)
    const library = await parts.library()
    for (const [i, line] of lines.entries()) {
      const { id, cell } = storedCell(library, order.cells[Math.floor(i / 3)])
      const scenario = scenarios[i % 3]
      const alone = await answerCell(cell, { scenario }, models).catch((error: unknown) => error)
      const answer = JSON.parse(line) as BatchAnswer
      if ('error' in answer) expect(alone).toMatchObject({ code: answer.error.code })
      else expect(line).toBe(JSON.stringify({ id, ...(alone as object) }))
    }
    expect(await textOf(order, { threads: 1, first: 100 })).toBe(`${lines.slice(100).join('\n')}\n`)
  })

  it('ends at once where it is cancelled', async () => {
    const stop = new AbortController()
    const blocks = runBatch(await orderOf(), { parts, signal: stop.signal })
    stop.abort()
    await expect(blocks.next()).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('says what is no cell’s fault', async () => {
    const order = { ...(await orderOf()), settings: { model: 'nobody' } }
    await expect(textOf(order)).rejects.toMatchObject({ name: 'Failure', code: 'no-such-model' })
    const gone = { ...order, cells: ['gone'], settings: {} }
    await expect(textOf(gone)).rejects.toMatchObject({ name: 'Failure', code: 'no-such-cell' })
  })
})
