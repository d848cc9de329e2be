import { uptime } from 'node:os'
import type { Library } from '../library/openLibrary.ts'

/**
 * Notes the runs whose process is gone as interrupted, so that none is waited for for ever and each can be resumed.
 * `live`: runs of this very process.
 */
export function endInterruptedRuns(library: Library, live: ReadonlySet<string> = new Set()): void {
  const lastBoot = Date.now() - 1000 * uptime()
  for (const { id, process: owner, takenAt } of library.runs.active()) {
    if (live.has(id)) continue
    // After a restart of the machine another program may have the same process number.
    if (isAlive(owner) && Date.parse(takenAt) > lastBoot) continue
    library.runs.end(id, {
      state: 'interrupted',
      endedAt: new Date().toISOString(),
      bestEpoch: null,
      error: null,
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
