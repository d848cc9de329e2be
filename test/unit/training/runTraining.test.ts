import { setTimeout } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import { completePackage } from '../../../src-main/checkpoints/modelPackage.ts'
import { evaluate } from '../../../src-main/training/judging/evaluate.ts'
import { runTraining } from '../../../src-main/training/runTraining.ts'
import { train } from '../../../src-main/training/train.ts'
import type { EpochReport } from '../../../src-shared/contract/run.ts'
import type { TrainingConfig } from '../../../src-main/training/problem/trainingConfig.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { toyCell, toyCells, toySettings } from './toyCells.ts'

const config: TrainingConfig = {
  name: 'toy',
  preset: 'toy',
  seed: 3,
  settings: toySettings,
  cells: toyCells(),
  program: 'test',
}

const ignore = (): void => undefined
const trained = runTraining(config, ignore)
const model = completePackage(trained.draft)

describe('training', () => {
  it('learns what the toy holds', () => {
    const { history, bestEpoch } = trained
    expect(history).toHaveLength(toySettings.epochs)
    const best = Math.min(...history.map((epoch) => epoch.validationLoss))
    expect(history[bestEpoch - 1].validationLoss).toBe(best)
    expect(best).toBeLessThan(history[0].validationLoss / 4)
    expect(history[0].gateEntropy).toBeGreaterThan(0)
    expect(history[0].gateEntropy).toBeLessThanOrEqual(Math.log(3))
    expect(history[0].gateWeights).toHaveLength(3)
    expect(history[0].gateWeights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 9)
  })

  it('gives the same network for the same seed, another for another', () => {
    const again = runTraining(config, ignore)
    expect(again.draft.parameters).toEqual(trained.draft.parameters)
    const other = runTraining({ ...config, seed: 4, settings: { ...toySettings, epochs: 1 } }, ignore)
    expect(other.draft.parameters['lstm.bias_ih_l0']).not.toEqual(trained.draft.parameters['lstm.bias_ih_l0'])
  })

  it('writes down data, domain, interval and metrics', () => {
    const { manifest, card } = trained.draft
    expect(manifest.simulated).toBe(true)
    expect(card).toContain('SIMULATED')
    expect(manifest.domain?.conditions.map((c) => [c.name, c.charge_rate, c.cells])).toEqual([
      ['toy A', 0.5, 3],
      ['toy B', 1, 3],
    ])
    expect(manifest.domain?.cellTypes).toEqual([
      { label: 'NCA 2 Ah', chemistry: 'NCA', nominalCapacity_Ah: 2 },
    ])
    expect(manifest.training?.data).toHaveLength(10)
    expect(manifest.interval?.cells).toBe(4)
    const score = manifest.interval?.score ?? []
    expect(score).toEqual([...score].sort((a, b) => a - b))
    expect(manifest.metrics?.['validation mape % toy A']).toBeGreaterThan(0)
    expect(manifest.metrics?.['mape']).toBeGreaterThan(0)
  })

  it('counts as trained health only what a window started from', () => {
    const capacities = config.cells
      .filter((cell) => cell.role === 'train')
      .flatMap((cell) => cell.cycles.slice(0, -9).map((cycle) => cycle.dischargeCapacity! / 2))
    const { low, high } = trained.draft.manifest.domain!.stateOfHealth
    expect(low).toBeCloseTo(Math.min(...capacities), 6)
    expect(high).toBeCloseTo(Math.max(...capacities), 6)
  })

  it('says so when it diverges, when a cell leaks and when nothing is there to learn', () => {
    const attempt = (changes: Partial<TrainingConfig>) => () => runTraining({ ...config, ...changes }, ignore)
    const wild = { ...toySettings, learningRate: 1e39, epochs: 2 }
    expect(attempt({ settings: wild })).toThrow(expect.objectContaining({ code: 'diverged' }))
    const leak = [...config.cells, { ...config.cells[0], role: 'validation' as const }]
    expect(attempt({ cells: leak })).toThrow(expect.objectContaining({ code: 'split-overlap' }))
    const short = toyCells().map((cell) => ({ ...cell, cycles: cell.cycles.slice(0, 5) }))
    expect(attempt({ cells: short })).toThrow(expect.objectContaining({ code: 'no-windows' }))
  })
})

describe('training in a worker', () => {
  const short = { ...config, settings: { ...toySettings, epochs: 3 } }

  it('reports every epoch and gives what it gives here', async () => {
    const epochs: number[] = []
    const there = await train(short, { onEpoch: ({ epoch }) => epochs.push(epoch) })
    expect(epochs).toEqual([1, 2, 3])
    expect(there.draft.parameters).toEqual(runTraining(short, ignore).draft.parameters)
  })

  it('gives the same whatever the number of threads', async () => {
    const batches = { ...short, settings: { ...short.settings, batch: 72 } }
    const alone = runTraining(batches, ignore)
    for (const threads of [1, 2, 5]) {
      const { draft, history } = await train(batches, { threads })
      expect(draft.parameters).toEqual(alone.draft.parameters)
      expect(history.map((one) => one.validationLoss)).toEqual(alone.history.map((one) => one.validationLoss))
    }
  })

  it.each(['leading', 'following'])(
    'fails where the %s thread is killed, and goes on later',
    async (which) => {
      const threads: Worker[] = []
      const keep = (worker: Worker): number => threads.push(worker)
      process.on('worker', keep)
      const long = { ...config, settings: { ...toySettings, epochs: 20, batch: 128 } }
      const checkpoint = { folder: temporaryFolder(), resume: false, everySeconds: 0 }
      const onEpoch = ({ epoch }: EpochReport): void => {
        if (epoch === 2) void threads.at(which === 'leading' ? 0 : 1)?.terminate()
      }
      await expect(train({ ...long, checkpoint }, { threads: 3, onEpoch })).rejects.toEqual(
        expect.objectContaining({ name: 'Failure', code: 'thread-ended' }),
      )
      process.off('worker', keep)
      expect(threads).toHaveLength(3)
      await vi.waitFor(() => expect(threads.map((one) => one.threadId)).toEqual([-1, -1, -1]))
      const resumed = await train({ ...long, checkpoint: { ...checkpoint, resume: true } }, { threads: 2 })
      expect(resumed.draft.parameters).toEqual(runTraining(long, ignore).draft.parameters)
    },
  )

  it('stops at once when cancelled, before or during the run', async () => {
    const endless = { ...config, settings: { ...toySettings, epochs: 100_000 } }
    const controller = new AbortController()
    const running = train(endless, { signal: controller.signal, onEpoch: () => controller.abort() })
    await expect(running).rejects.toEqual(expect.objectContaining({ kind: 'cancelled' }))
    await expect(train(short, { signal: AbortSignal.abort() })).rejects.toEqual(
      expect.objectContaining({ kind: 'cancelled' }),
    )
  })

  it('waits after an epoch while it is held', async () => {
    const held = new Int32Array(new SharedArrayBuffer(4)).fill(1)
    const epochs: number[] = []
    const running = train(short, { held, onEpoch: ({ epoch }) => epochs.push(epoch) })
    await vi.waitFor(() => expect(epochs).toEqual([1]), { timeout: 20_000 })
    await setTimeout(500)
    expect(epochs).toEqual([1])
    held[0] = 0
    Atomics.notify(held, 0)
    await running
    expect(epochs).toEqual([1, 2, 3])
  })

  it('ends with what the listener throws, a full disk say', async () => {
    const full = new Error('disk full')
    const onEpoch = (): void => {
      throw full
    }
    await expect(train(short, { onEpoch })).rejects.toBe(full)
  })

  it('passes a failure on as a failure', async () => {
    const leak = { ...short, cells: [...config.cells, { ...config.cells[0], role: 'validation' as const }] }
    await expect(train(leak)).rejects.toEqual(
      expect.objectContaining({ name: 'Failure', code: 'split-overlap' }),
    )
  })
})

describe('evaluation', () => {
  it('pools windows, not cells or batches', () => {
    const cells = [
      toyCell({ number: 8, role: 'test', cycles: 60 }),
      toyCell({ number: 9, role: 'test', cycles: 14 }),
    ]
    const [condition] = evaluate({ package: model, cells, horizon: 12 }).conditions
    expect(condition.cells.map((cell) => cell.windows)).toEqual([48, 2])
    const [long, short] = condition.cells
    expect(condition.mape).toBeCloseTo((48 * long.mape! + 2 * short.mape!) / 50, 9)
    expect(condition.maxWindowMape).toBe(Math.max(long.maxWindowMape!, short.maxWindowMape!))
    expect(condition.coverage90).toBeGreaterThan(0)
    expect(condition.refused).toBe(0)
  })

  it('refuses windows without a curve and cells of an unknown chemistry, and counts them', () => {
    const cell = toyCell({ number: 8, role: 'test' })
    const holes = cell.cycles.map((cycle, i) => (i < 4 ? { ...cycle, chargeCurve: null } : cycle))
    const stranger = toyCell({ number: 9, role: 'test', chemistry: 'LFP', condition: 'toy C' })
    const answer = evaluate({ package: model, cells: [{ ...cell, cycles: holes }, stranger], horizon: 12 })
    expect(answer.conditions.map(({ windows, refused }) => ({ windows, refused }))).toEqual([
      { windows: 24, refused: 4 },
      { windows: 0, refused: 28 },
    ])
    expect(answer.conditions[1].mape).toBeNull()
  })

  it('does not see the capacity it is asked for', () => {
    const cell = toyCell({ number: 8, role: 'test' })
    const scaled = cell.cycles.map((cycle) => ({ ...cycle, dischargeCapacity: 2 * cycle.dischargeCapacity! }))
    const [plain] = evaluate({ package: model, cells: [cell], horizon: 12 }).conditions
    const [blind] = evaluate({ package: model, cells: [{ ...cell, cycles: scaled }], horizon: 12 }).conditions
    expect(blind.mape).toBeCloseTo(50 + plain.mape! / 2, 0)
  })

  it('says what it cannot do', () => {
    const cells = [toyCell({ number: 8, role: 'test' })]
    expect(() => evaluate({ package: model, cells })).toThrow(
      expect.objectContaining({ kind: 'not-determinable', code: 'horizon-beyond-model' }),
    )
    expect(() => evaluate({ package: model, cells, horizon: 10, startVoltage: 3.7 })).toThrow(
      expect.objectContaining({ kind: 'not-determinable', code: 'start-voltage-unsupported' }),
    )
  })
})
