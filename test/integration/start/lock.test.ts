import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { root } from '../../support/built.ts'
import { runProgram } from '../../support/runningProgram.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const lockModule = pathToFileURL(join(root, 'scripts/lock.mjs')).href

it('lets one process at a time set up or build', async () => {
  const folder = temporaryFolder()
  const counter = join(folder, 'counter')
  writeFileSync(counter, '0')
  const codes = await Promise.all([1, 2, 3, 4].map(() => addOne({ folder, counter }).ended))
  expect(codes).toEqual([0, 0, 0, 0])
  expect(readFileSync(counter, 'utf8')).toBe('4')
})

it('takes over from a process that died', async () => {
  const folder = temporaryFolder()
  const counter = join(folder, 'counter')
  writeFileSync(counter, '0')
  const dead = runProgram(['-e', ''])
  await dead.ended
  mkdirSync(join(folder, 'count.lock'))
  writeFileSync(join(folder, 'count.lock/pid'), String(dead.child.pid))
  expect(await addOne({ folder, counter }).ended).toBe(0)
})

/** Reads, waits and writes: loses counts unless it is alone. */
function addOne({ folder, counter }: { folder: string; counter: string }) {
  const program = `
    import { readFileSync, writeFileSync } from 'node:fs'
    import { withLock } from ${JSON.stringify(lockModule)}
    withLock('count', () => {
      const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
      writeFileSync(${JSON.stringify(counter)}, String(count + 1))
    }, ${JSON.stringify(folder)})`
  const running = runProgram(['--input-type=module', '-e', program])
  onTestFinished(() => running.stop())
  return running
}
