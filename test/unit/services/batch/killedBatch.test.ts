import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { wireParts } from '../../../../src-main/services/application.ts'
import { batchRequests } from '../../../../src-main/services/batch/batchRequests.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { writeTestModel } from '../../../support/testModel.ts'

it('the next batch removes what a killed one left, and no file of one that may still run', async () => {
  const folder = temporaryFolder()
  const [libraryFolder, modelFolder] = [join(folder, 'Bücherei'), join(folder, 'models')]
  await writeTestModel(modelFolder, 'pimoe')
  await killAtFirstBlock(libraryFolder, modelFolder)
  const batches = join(libraryFolder, 'batches')
  const [killed] = readdirSync(batches)
  expect(killed).toMatch(/\.jsonl\.\d+\.part$/)
  const ofOthers = [`batch-x.jsonl.${process.ppid}.part`, `batch-y.jsonl.${process.pid}.part`, 'notes.txt']
  for (const name of ofOthers) writeFileSync(join(batches, name), '')

  const { parts } = wireParts({ libraryFolder, host: 'cli', modelFolders: [modelFolder] })
  const asked = { cells: ['cell-0'], scenarios: [] }
  const { file } = await batchRequests(parts)['batches/run'](asked, {
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  await parts.close()
  expect(readdirSync(batches).toSorted()).toEqual([basename(file), ...ofOthers].toSorted())
}, 60_000)

/** SIGKILL; on Windows the process is terminated all the same. */
async function killAtFirstBlock(libraryFolder: string, modelFolder: string): Promise<void> {
  const entry = join(import.meta.dirname, 'batchUntilKilled.ts')
  const child = spawn(process.execPath, [entry, libraryFolder, modelFolder])
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  child.kill('SIGKILL')
  const [, signal] = (await ended) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}
