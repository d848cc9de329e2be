import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runTraining } from '../../../src-main/training/runTraining.ts'
import type { RunResumption } from '../../../src-main/training/network/runState.ts'
import type { TrainingConfig } from '../../../src-main/training/problem/trainingConfig.ts'
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

function flipped(bytes: Buffer, place: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[place] ^= 1
  return copy
}

const damages: [string, (state: Buffer) => Buffer][] = [
  ['empty', () => Buffer.alloc(0)],
  ['cut in half', (state) => state.subarray(0, state.length / 2)],
  ['without its last byte', (state) => state.subarray(0, -1)],
  ['something else', () => Buffer.from('{"schema": "pimoe-run/1"}')],
  ...[0, 63, 64, 500, 20_000].map((place): [string, (state: Buffer) => Buffer] => [
    `a bit of byte ${place} flipped`,
    (state) => flipped(state, place),
  ]),
]

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
  it('knows its settings in whatever order they are named', () => {
    const folder = join(temporaryFolder(), '.run')
    crash(kept(folder, false), 4)
    const named = Object.entries(config.settings).reverse()
    const settings = Object.fromEntries(named) as unknown as TrainingConfig['settings']
    const resumed = runTraining({ ...kept(folder, true), settings }, () => undefined)
    expect(resumed.draft.parameters).toEqual(whole.draft.parameters)
  })

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

  it.each(damages)('says so when it is damaged: %s', (_, damage) => {
    const hurt = join(temporaryFolder(), '.run')
    crash(kept(hurt, false), 1)
    const file = join(hurt, 'state.bin')
    writeFileSync(file, damage(readFileSync(file)))
    expect(() => runTraining(kept(hurt, true), () => undefined)).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'checkpoint-damaged' }),
    )
  })

  it.each([
    ['damaged', (file: string) => writeFileSync(file, 'no state')],
    ['missing, as between two moves', (file: string) => rmSync(file)],
  ])('falls back to the one before it where the newest is %s, and says so', (_, hurt) => {
    const folder = join(temporaryFolder(), '.run')
    crash(kept(folder, false), 3)
    hurt(join(folder, 'state.bin'))
    const resumptions: RunResumption[] = []
    const resumed = runTraining(
      kept(folder, true),
      () => undefined,
      undefined,
      (from) => resumptions.push(from),
    )
    expect(resumed.draft.parameters).toEqual(whole.draft.parameters)
    expect(resumptions).toEqual([
      {
        history: [1, 2].map((epoch) => expect.objectContaining({ epoch }) as unknown),
        findings: [expect.objectContaining({ code: 'checkpoint-older' })],
      },
    ])
    expect(resumptions[0].findings[0].message).toMatch(/after epoch 2/)
  })

  it('is damaged where the one before it is damaged, too', () => {
    const folder = join(temporaryFolder(), '.run')
    crash(kept(folder, false), 2)
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'no state')
    expect(() => runTraining(kept(folder, true), () => undefined)).toThrow(
      expect.objectContaining({ code: 'checkpoint-damaged' }),
    )
  })

  it('is not harmed by what a crash left of the next one', () => {
    const folder = join(temporaryFolder(), '.run')
    crash(kept(folder, false), 2)
    writeFileSync(join(folder, 'state.bin.new'), 'half a state')
    const resumed = runTraining(kept(folder, true), () => undefined)
    expect(resumed.draft.parameters).toEqual(whole.draft.parameters)
  })

  // Writing to it fails as on a full disk.
  const full = '/dev/full'
  it.skipIf(!existsSync(full))('is kept where the disk is full, and the run goes on from it later', () => {
    const folder = join(temporaryFolder(), '.run')
    const fill = ({ epoch }: { epoch: number }): void => {
      if (epoch === 2) symlinkSync(full, join(folder, 'state.bin.new'))
    }
    expect(() => runTraining(kept(folder, false), fill)).toThrow(
      expect.objectContaining({ name: 'Failure', code: 'checkpoint-not-written' }),
    )
    expect(readdirSync(folder)).toEqual(['state-before.bin', 'state.bin'])
    const epochs: number[] = []
    const resumed = runTraining(kept(folder, true), ({ epoch }) => epochs.push(epoch))
    expect(epochs).toEqual([3, 4, 5])
    expect(resumed.draft.parameters).toEqual(whole.draft.parameters)
  })

  it('ends the run with advice where it cannot be written', () => {
    const taken = join(temporaryFolder(), 'file')
    writeFileSync(taken, 'a file, not a folder')
    expect(() => runTraining(kept(taken, false), () => undefined)).toThrow(
      expect.objectContaining({ code: 'checkpoint-not-written' }),
    )
  })
})
