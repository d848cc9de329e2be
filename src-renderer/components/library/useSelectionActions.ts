import { useRouter } from 'vue-router'
import { host } from '../../host/host.ts'
import { wireErrorOf } from '../../host/requestError.ts'
import { t } from '../../locales/en.ts'
import { useChanges } from '../../stores/changes.ts'
import { type JobContext, useJobs } from '../../stores/jobs.ts'
import { useLibrary } from '../../stores/library.ts'
import { useNotices } from '../useNotices.ts'
import { useUndo } from '../useUndo.ts'

/** What can be done with the selected cells at once. */
export function useSelectionActions() {
  const router = useRouter()
  const library = useLibrary()
  const changes = useChanges()
  const jobs = useJobs()
  const notices = useNotices()
  const { undo } = useUndo()

  function compare(): void {
    void router.push({ path: '/compare', query: { cells: [...library.selection].join(',') } })
  }

  /** A lot's name is suggested where all are of one. */
  function report(): void {
    const lots = new Set(
      library.cells.filter(({ id }) => library.selection.has(id)).map(({ label }) => label.lot ?? ''),
    )
    void router.push({ path: '/reports', query: { lot: lots.size === 1 ? [...lots].join('') : '' } })
  }

  async function assess(): Promise<void> {
    const ids = [...library.selection]
    try {
      const failed = await jobs.run(t.jobs.assessing, (context) => assessEach(ids, context))
      notices.done(t.library.assessed(ids.length, failed))
    } catch (error) {
      notices.failed(error)
    }
    await library.load().catch(notices.failed)
  }

  async function exportResults(): Promise<void> {
    try {
      await notices.saveFile(
        await host.request('results/export', { format: 'csv', cells: [...library.selection] }),
      )
    } catch (error) {
      notices.failed(error)
    }
  }

  async function remove(): Promise<void> {
    const ids = [...library.selection]
    try {
      await library.remove(ids)
      const removal = changes.history.undo?.id
      // The removal itself is taken back while it is the newest change; later the cells are brought back all the same.
      notices.undoable(t.library.removed(ids.length), () =>
        changes.history.undo?.id === removal ? undo() : library.restore(ids),
      )
    } catch (error) {
      notices.failed(error)
    }
  }

  return { compare, report, assess, exportResults, remove }
}

/** How many got no answer; their own pages say why. */
async function assessEach(ids: readonly string[], { signal, report }: JobContext): Promise<number> {
  let failed = 0
  for (const [index, cell] of ids.entries()) {
    report(index, ids.length)
    await host.request('assessments/run', { cell }, { signal }).catch((error: unknown) => {
      const { kind } = wireErrorOf(error)
      if (kind === 'cancelled' || kind === 'bug') throw error
      failed += 1
    })
  }
  return failed
}
