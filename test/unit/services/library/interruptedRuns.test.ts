import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { openLibrary } from '../../../../src-main/library/openLibrary.ts'
import { endInterruptedRuns } from '../../../../src-main/services/library/interruptedRuns.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

it('notes runs whose process is gone as interrupted and leaves those of a living one', () => {
  const library = openLibrary(temporaryFolder())
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  const now = new Date().toISOString()
  const runs = [
    { id: 'gone', process: gone, takenAt: now },
    { id: 'alive', process: process.ppid, takenAt: now },
    { id: 'before the restart', process: process.ppid, takenAt: new Date(0).toISOString() },
    { id: 'mine', process: process.pid, takenAt: now },
  ]
  const asked = { preset: 'demo', machine: 'any', seed: 1, epochs: 3, settings: {}, request: {} }
  for (const run of runs) library.runs.insert({ ...asked, ...run, name: run.id, folder: run.id })
  endInterruptedRuns(library, new Set(['mine']))
  const states = Object.fromEntries(library.runs.list().map((run) => [run.id, run.state]))
  expect(states).toEqual({
    gone: 'interrupted',
    alive: 'running',
    'before the restart': 'interrupted',
    mine: 'running',
  })
  library.close()
})
