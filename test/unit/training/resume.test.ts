import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runTraining } from '../../../src-main/training/runTraining.ts'
import type { TrainingConfig } from '../../../src-main/training/trainingConfig.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { toyCells, toySettings } from './toyCells.ts'

const config: TrainingConfig = {
  name: 'toy',
  preset: 'toy',
  seed: 3,
  settings: { ...toySettings, epochs: 5, windowsPerEpoch: 128, featureNoise: 0.01 },
  cells: toyCells(),
  program: 'test',
}
const whole = runTraining(config, () => undefined)

function kept(folder: string, resume: boolean): TrainingConfig {
  return { ...config, checkpoint: { folder, resume, everySeconds: 0 } }
}

/** A run that ends after an epoch, as a crash would end it. */
function crash(run: TrainingConfig, after: number): void {
  const stop = new Error('power cut')
  expect(() =>
    runTraining(run, ({ epoch }) => {
      if (epoch === after) throw stop
    }),
  ).toThrow(stop)
}

describe('a resumed run', () => {
  it.each([1, 3, 5])('ends as one that was never stopped, stopped after epoch %i', (after) => {
    const folder = join(temporaryFolder(), '.run')
    crash(kept(folder, false), after)
    const epochs: number[] = []
    const resumed = runTraining(kept(folder, true), ({ epoch }) => epochs.push(epoch))
    expect(epochs).toEqual([1, 2, 3, 4, 5].slice(after))
    expect(resumed.draft.parameters).toEqual(whole.draft.parameters)
    expect(resumed.bestEpoch).toBe(whole.bestEpoch)
    expect(resumed.history.map((one) => one.trainLoss)).toEqual(whole.history.map((one) => one.trainLoss))
  })

  it('also when every window is shuffled and the run was stopped twice', () => {
    const folder = join(temporaryFolder(), '.run')
    const settings = { ...config.settings, windowsPerEpoch: 0 }
    const shuffled = { ...config, settings }
    crash({ ...kept(folder, false), settings }, 1)
    crash({ ...kept(folder, true), settings }, 3)
    const resumed = runTraining({ ...kept(folder, true), settings }, () => undefined)
    expect(resumed.draft.parameters).toEqual(runTraining(shuffled, () => undefined).draft.parameters)
  })
})

describe('the state of a run', () => {
  it('is not lost to a new run, nor taken by another one', () => {
    const folder = join(temporaryFolder(), '.run')
    crash(kept(folder, false), 1)
    const attempt = (run: TrainingConfig) => () => runTraining(run, () => undefined)
    expect(attempt(kept(folder, false))).toThrow(expect.objectContaining({ code: 'run-unfinished' }))
    expect(attempt({ ...kept(folder, true), seed: 4 })).toThrow(
      expect.objectContaining({ code: 'checkpoint-foreign' }),
    )
    expect(attempt({ ...kept(folder, true), cells: config.cells.slice(1) })).toThrow(
      expect.objectContaining({ code: 'checkpoint-foreign' }),
    )
    const nowhere = kept(join(folder, 'none'), true)
    expect(attempt(nowhere)).toThrow(expect.objectContaining({ kind: 'usage', code: 'no-checkpoint' }))
  })

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 500 ? byte ^ 1 : byte)))],
  ])('says so when it is damaged: %s', (_, damage) => {
    const hurt = join(temporaryFolder(), '.run')
    crash(kept(hurt, false), 1)
    const file = join(hurt, 'state.bin')
    writeFileSync(file, damage(readFileSync(file)))
    expect(() => runTraining(kept(hurt, true), () => undefined)).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'checkpoint-damaged' }),
    )
  })

  it('ends the run with advice where it cannot be written', () => {
    const taken = join(temporaryFolder(), 'file')
    writeFileSync(taken, 'a file, not a folder')
    expect(() => runTraining(kept(taken, false), () => undefined)).toThrow(
      expect.objectContaining({ code: 'checkpoint-not-written' }),
    )
  })
})
