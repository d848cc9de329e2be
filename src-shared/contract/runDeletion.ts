import type { RunSummary } from './run.ts'

/** What becomes of runs that are to be deleted, in the order in which they were named. Deleting is final. */
export interface RunDeletion {
  schema: 'pimoe-run-deletion/1'
  runs: {
    id: string
    name: string
    startedAt: string
    state: RunSummary['state']
    /** Why it stays, as a sentence without its full stop; null where it goes. */
    keptBecause: string | null
    /** Name of the model that it wrote, which stays in any case; null where there is none. */
    model: string | null
  }[]
}

/** Nobody reads a longer list before agreeing to it. */
export const mostDeletedRuns = 500
