import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { endInterruptedRuns } from '../../../src-main/services/interruptedRuns.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

it('ends runs whose process is gone and leaves those of a living one', () => {
  const library = openLibrary(temporaryFolder())
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  const settings = { data: 'd', epochs: 3, seed: 1 }
  const now = new Date().toISOString()
  const runs = [
    { id: 'gone', process: gone, startedAt: now },
    { id: 'alive', process: process.ppid, startedAt: now },
    { id: 'before the restart', process: process.ppid, startedAt: new Date(0).toISOString() },
  ]
  for (const run of runs) library.runs.insert({ ...run, preset: 'demo', name: run.id, settings })
  endInterruptedRuns(library)
  const states = Object.fromEntries(library.runs.list().map((run) => [run.id, run.state]))
  expect(states).toEqual({ gone: 'failed', alive: 'running', 'before the restart': 'failed' })
  expect(library.runs.find('gone')?.error).toMatch(/^Interrupted/)
  library.close()
})
