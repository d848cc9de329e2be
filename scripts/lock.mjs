import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/** Runs `work` while no other process of this checkout holds the lock of that name. */
export function withLock(name, work, place = join(root, '.runtime')) {
  const folder = join(place, `${name}.lock`)
  mkdirSync(place, { recursive: true })
  acquire(folder)
  try {
    return work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function acquire(folder) {
  while (!tryAcquire(folder)) {
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
}

function tryAcquire(folder) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code === 'EEXIST' || error.code === 'EPERM') return false
    throw error
  }
  writeFileSync(join(folder, 'pid'), String(process.pid))
  return true
}

function isAbandoned(folder) {
  try {
    return !isAlive(Number(readFileSync(join(folder, 'pid'), 'utf8')))
  } catch {
    return isOlderThan(folder, 5000)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function isOlderThan(folder, milliseconds) {
  try {
    return Date.now() - statSync(folder).mtimeMs > milliseconds
  } catch {
    return false
  }
}
