import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { libraryFileName } from '../../../src-main/library/libraryFile.ts'
import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const cyclesPerCell = 60

it('holds whole cells only, however often the writer is killed', async () => {
  const folder = temporaryFolder()
  const random = seededRandom(5)
  for (let round = 0; round < 8; round++)
    await writeUntilKilled(folder, { round, delay: 150 * random.uniform() })
  const database = new Sqlite(join(folder, libraryFileName))
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(database.pragma('foreign_key_check')).toEqual([])
  database.close()
  const library = openLibrary(folder)
  const cells = library.cells.list()
  expect(cells.length).toBeGreaterThanOrEqual(8)
  expect(new Set(cells.map((cell) => cell.cycles))).toEqual(new Set([cyclesPerCell]))
  for (const { id } of cells) expect(library.records.ofCell(id)).toHaveLength(1)
  library.close()
})

/** SIGKILL at a random moment after the first whole cell; on Windows the process is terminated all the same. */
async function writeUntilKilled(
  folder: string,
  { round, delay }: { round: number; delay: number },
): Promise<void> {
  const writer = join(import.meta.dirname, 'crashWriter.ts')
  const child = spawn(process.execPath, [writer, folder, String(round * 1e6), String(cyclesPerCell)])
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  await setTimeout(delay)
  child.kill('SIGKILL')
  const [, signal] = (await ended) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}
