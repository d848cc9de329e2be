import { uptime } from 'node:os'
import type { Library } from '../library/openLibrary.ts'

/** Ends runs that claim to be running although their process is gone, so that no run waits for ever. */
export function endInterruptedRuns(library: Library): void {
  const lastBoot = Date.now() - 1000 * uptime()
  for (const { id, process: owner, startedAt } of library.runs.running()) {
    // After a restart of the machine another program may have the same process number.
    if (isAlive(owner) && Date.parse(startedAt) > lastBoot) continue
    library.runs.end(id, {
      state: 'failed',
      endedAt: new Date().toISOString(),
      bestEpoch: null,
      modelFolder: null,
      error: 'Interrupted: the program ended before the run did. Start it again.',
    })
  }
}

function isAlive(process: number): boolean {
  if (process === globalThis.process.pid) return false
  try {
    globalThis.process.kill(process, 0)
    return true
  } catch (error) {
    // Not allowed to signal it: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
