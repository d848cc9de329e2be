import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import { seededRandom, type SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { PackageDraft } from '../../checkpoints/modelPackage.ts'
import type { Library } from '../../library/openLibrary.ts'
import { wireParts } from '../application.ts'
import type { Parts } from '../parts.ts'
import { openBatchFile } from './batchFile.ts'
import { batchOrder } from './batchOrder.ts'
import { runBatch } from './runBatch.ts'

export interface BatchBench {
  readonly cells: number
  readonly scenarios: number
  readonly threads: number
  /** From the question to the last byte of the file of lines. */
  readonly time_s: number
  /** What all threads computed meanwhile: a busy machine changes it little. */
  readonly cpu_s: number
  readonly file_MB: number
  /** Most that the process held resident since it started. */
  readonly peak_MB: number
}

const network = { T: 50, V: 50, F: 12, E: 5, U: 64, k: 2, alpha: 10 }
const ratedCapacity_Ah = 3.5

/** Cells of one charge and one rest each, in a library of their own, under four plans by a network of the published size. */
export async function batchBench({
  cells = 10_000,
  threads,
}: {
  cells?: number
  threads: number
}): Promise<BatchBench> {
  const folder = await mkdtemp(join(tmpdir(), 'pimoe-bench-'))
  const { parts } = wireParts({ libraryFolder: folder, host: 'cli' })
  try {
    const model = join(folder, 'models', 'bench')
    await (await parts.modelPackages()).writeModelPackage(model, benchModel())
    fillLibrary(await parts.library(), cells)
    return await timedBatch(parts, { model, threads, file: join(folder, 'batch.jsonl') })
  } finally {
    await parts.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function timedBatch(
  parts: Parts,
  { model, threads, file }: { model: string; threads: number; file: string },
): Promise<BatchBench> {
  const start = performance.now()
  const cpu = process.cpuUsage()
  const order = await batchOrder(parts, { cells: [], scenarios, settings: { model } })
  const lines = await openBatchFile(file, { resume: false })
  let bytes = 0
  for await (const block of runBatch(order, { parts, threads, signal: new AbortController().signal })) {
    bytes += block.lines.length
    await lines.write(block.lines)
  }
  await lines.close()
  const { user, system } = process.cpuUsage(cpu)
  return {
    cells: order.cells.length,
    scenarios: scenarios.length,
    threads,
    time_s: (performance.now() - start) / 1000,
    cpu_s: (user + system) / 1e6,
    file_MB: bytes / 1e6,
    peak_MB: process.resourceUsage().maxRSS / 1000,
  }
}

const scenarios: readonly Scenario[] = [15, 25, 35, 45].map((temperature_degC) => ({
  name: `at ${temperature_degC} °C`,
  blocks: [
    { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC },
    { cycles: 30, charge_rate: 0.25, discharge_rate: 0.5, temperature_degC },
  ],
}))

function fillLibrary(library: Library, cells: number): void {
  const random = seededRandom(1)
  library.transaction(() => {
    for (let i = 0; i < cells; i++) insertCell(library, i, random)
  })
}

function insertCell(library: Library, i: number, random: SeededRandom): void {
  const id = `bench-${i}`
  const importedAt = '2026-01-01T00:00:00.000Z'
  const description = {
    name: id,
    chemistry: 'NCA',
    nominalCapacity_Ah: ratedCapacity_Ah,
    temperature_degC: 25,
  }
  library.cells.insert({ id, importedAt, description: { ...description, simulated: true } })
  const sha256 = i.toString(16).padStart(64, '0')
  const record = { path: id, sha256, bytes: 0, format: 'bench', importedAt, findings: [], acceptance: null }
  const recordId = library.records.insert(id, record)
  library.cycles.insertAll({ cellId: id, recordId }, [{ cycle: benchCycle(random), trace: null }])
}

function benchCycle(random: SeededRandom): Cycle {
  const charge_Ah = 2.5 + 0.1 * random.gaussian()
  const fall_V = 0.03 + 0.002 * random.gaussian()
  return {
    row: 0,
    number: 1,
    chargeCurve: {
      from: 3.6,
      to: 4.15,
      charge: Float64Array.from({ length: network.V }, (_, i) => charge_Ah * (i / (network.V - 1)) ** 1.1),
    },
    relaxation: {
      time: Float64Array.from({ length: 30 }, (_, i) => 60 * i),
      voltage: Float64Array.from({ length: 30 }, (_, i) => 4.15 + fall_V * Math.exp(-i / 8)),
    },
    dischargeCapacity: null,
    use: { charge: { rate: 0.5 }, discharge: { rate: 1 }, before: null, temperature: 25 },
    stored: null,
  }
}

function benchModel(): PackageDraft {
  const { T, F } = network
  return {
    parameters: initialParameters(network, seededRandom(1)),
    card: '# bench\n',
    manifest: {
      schema: 'pimoe-model/1',
      name: 'bench',
      created: '2026-01-01T00:00:00.000Z',
      program: 'bench',
      simulated: true,
      network,
      input: {
        kind: 'joint',
        features: 12,
        curveUnit: 'mAh',
        use: { mean: [0.5, 1, 30], scale: [0.25, 0.5, 10] },
      },
      scaler: { mean: new Array<number>(F).fill(0), scale: new Array<number>(F).fill(100) },
      domain: {
        cellTypes: [{ label: 'NCA', chemistry: 'NCA', nominalCapacity_Ah: ratedCapacity_Ah }],
        conditions: [
          { name: 'room', charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25, cells: 9 },
          { name: 'warm', charge_rate: 0.5, discharge_rate: 1, temperature_degC: 45, cells: 9 },
        ],
        window: { from: 3.6, to: 4.15 },
        features: { low: new Array<number>(F).fill(-1e4), high: new Array<number>(F).fill(1e4) },
        stateOfHealth: { low: 0, high: 1 },
      },
      interval: {
        level: 0.9,
        base: 0.01,
        slope: 0.3,
        score: new Array<number>(T).fill(2),
        cells: 9,
        coverage: 0.9,
      },
      training: null,
      metrics: null,
    },
  }
}
