import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { mayBeAtIt } from '../library/ownerProcess.ts'

/** The name of a batch's file while this process writes it. */
export function unfinishedName(name: string): string {
  return `${name}.${process.pid}.part`
}

/**
 * Removes the unfinished files of processes that were killed: part of an answer is none, and the question is asked again
 * in no time. What cannot be removed stays.
 */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = /\.(\d+)\.part$/.exec(name)?.[1]
    if (owner === undefined) continue
    const path = join(folder, name)
    const written = await stat(path).catch(() => null)
    if (written === null || isInHand(Number(owner), written.mtime)) continue
    await rm(path, { force: true }).catch(() => undefined)
  }
}

function isInHand(owner: number, written: Date): boolean {
  const started = Date.now() - 1000 * process.uptime()
  return mayBeAtIt(owner, written, written.getTime() >= started)
}
