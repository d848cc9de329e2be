import type { Library } from '../../library/openLibrary.ts'
import { mayBeAtIt } from './ownerProcess.ts'

/**
 * Notes the runs whose process is gone as interrupted, so that none is waited for for ever and each can be resumed.
 * `live`: runs of this very process.
 */
export function endInterruptedRuns(library: Library, live: ReadonlySet<string> = new Set()): void {
  for (const { id, process: owner, takenAt } of library.runs.active()) {
    if (live.has(id) || mayBeAtIt(owner, new Date(takenAt), false)) continue
    library.runs.end(id, {
      state: 'interrupted',
      endedAt: new Date().toISOString(),
      bestEpoch: null,
      error: null,
    })
  }
}
