import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples, start } from './pimoe.ts'

let library: string

function words(out: string, ...more: string[]): string[] {
  return ['train', '--preset', 'demo', '--data', samples, '--out', out, '--epochs', '3', '--json', ...more]
}

function weights(out: string): Buffer {
  return readFileSync(join(out, 'weights.safetensors'))
}

beforeAll(() => buildProgram('main'), 120_000)
beforeEach(() => {
  library = join(temporaryFolder(), 'library')
})

describe('train', () => {
  it('killed in the middle goes on to the same weights, on another number of threads', async () => {
    const out = join(temporaryFolder(), 'network')
    const running = start(words(out, '--threads', '2'), library)
    while (!existsSync(join(out, '.run', 'state.bin'))) await setTimeout(10)
    running.child.kill('SIGKILL')
    expect((await running.finished).code).toBeNull()
    const again = await pimoe(words(out), library)
    expect(documentOf(again)).toMatchObject({ error: { code: 'run-unfinished' } })
    const resumed = await pimoe(words(out, '--resume', '--threads', '3'), library)
    expect(resumed.stderr).not.toMatch(/epoch 1 /)
    expect(documentOf(resumed)).toMatchObject({ epochs: 3 })
    const history = documentOf(await pimoe(['runs', '--json'], library))
    expect(history).toMatchObject({ runs: [{ state: 'finished', history: [{ epoch: 1 }, {}, {}] }] })
    const undisturbed = join(temporaryFolder(), 'network')
    await pimoe(words(undisturbed, '--threads', '1'), library)
    expect(weights(out)).toEqual(weights(undisturbed))
    expect(existsSync(join(out, '.run'))).toBe(false)
  }, 120_000)

  it('goes on from the state before a damaged one, and says so', async () => {
    const out = join(temporaryFolder(), 'network')
    const running = start(words(out, '--epochs', '500'), library)
    // A new state at most every ten seconds.
    while (!existsSync(join(out, '.run', 'state-before.bin'))) await setTimeout(50)
    running.child.kill('SIGKILL')
    await running.finished
    writeFileSync(join(out, '.run', 'state.bin'), 'no state')
    const resumed = start(words(out, '--epochs', '500', '--resume'), library)
    await resumed.says('stderr', /went on from the one before/)
    await resumed.says('stderr', /epoch \d/)
    resumed.child.kill('SIGINT')
    await resumed.finished
    const shown = documentOf(await pimoe(['run', 'network', '--json'], library))
    expect(shown).toMatchObject({ state: 'interrupted', findings: [{ code: 'checkpoint-older' }] })
  }, 120_000)

  it('refuses a damaged state, names the file and leaves it', async () => {
    const out = join(temporaryFolder(), 'network')
    mkdirSync(join(out, '.run'), { recursive: true })
    const file = join(out, '.run', 'state.bin')
    writeFileSync(file, 'no state')
    const refused = await pimoe(words(out, '--resume'), library)
    expect(refused.code).toBe(3)
    expect(documentOf(refused)).toMatchObject({ error: { code: 'checkpoint-damaged', file } })
    expect(readFileSync(file, 'utf8')).toBe('no state')
  }, 60_000)

  it.skipIf(!existsSync('/dev/full'))(
    'says so after one epoch where the disk is full',
    async () => {
      const out = join(temporaryFolder(), 'network')
      mkdirSync(join(out, '.run'), { recursive: true })
      symlinkSync('/dev/full', join(out, '.run', 'state.bin.new'))
      const finished = await pimoe(words(out), library)
      expect(finished.code).toBe(2)
      expect(finished.stderr).not.toMatch(/epoch 2/)
      const { error } = documentOf(finished) as { error: { code: string; advice: string } }
      expect(error).toMatchObject({ code: 'checkpoint-not-written' })
      expect(error.advice).toMatch(/room on the disk/)
    },
    60_000,
  )

  it('is deleted from the history by name, once it has ended', async () => {
    const out = join(temporaryFolder(), 'network')
    await pimoe(words(out), library)
    const deleted = await pimoe(['runs', 'delete', 'network', '--json'], library)
    expect(documentOf(deleted)).toMatchObject({ runs: [{ keptBecause: null, model: 'network' }] })
    expect(deleted.code).toBe(0)
    expect(documentOf(await pimoe(['runs', '--json'], library))).toMatchObject({ runs: [] })
    expect(existsSync(join(out, 'weights.safetensors'))).toBe(true)
    expect((await pimoe(['runs', 'delete', 'network'], library)).code).toBe(3)
    expect((await pimoe(['runs', 'delete'], library)).code).toBe(2)
  }, 120_000)
})
