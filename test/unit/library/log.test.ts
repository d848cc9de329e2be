import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { libraryFileName } from '../../../src-main/library/libraryFile.ts'
import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { checkLog, logRelease } from '../../../src-main/services/library/logging.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pimoe-log-'))
  const library = openLibrary(folder)
  for (const subject of ['a', 'b', 'c', 'd'])
    library.log.append({ kind: 'import', subject, detail: { n: 1 } })
  library.close()
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** What someone could do with any SQLite tool, the triggers out of the way. */
function tamper(sql: string): void {
  const database = new Sqlite(join(folder, libraryFileName))
  for (const trigger of ['log_is_append_only', 'log_stays', 'release_is_frozen', 'release_stays']) {
    database.exec(`DROP TRIGGER ${trigger}`)
  }
  database.exec(sql)
  database.close()
}

function check() {
  const library = openLibrary(folder)
  try {
    return checkLog(library)
  } finally {
    library.close()
  }
}

describe('log', () => {
  it('is whole as it was written', () => {
    expect(check()).toMatchObject({ entries: 4, problems: [] })
  })

  it.each(['UPDATE log SET subject = 1', 'DELETE FROM log WHERE sequence = 4'])('refuses %s', (sql) => {
    const database = new Sqlite(join(folder, libraryFileName))
    expect(() => database.exec(sql)).toThrow('the log is only added to')
    database.close()
  })

  it.each([
    ["UPDATE log SET subject = 'x' WHERE sequence = 2", 2],
    ["UPDATE log SET at = '2020-01-01' WHERE sequence = 1", 1],
    ["UPDATE log SET kind = 'rules' WHERE sequence = 3", 3],
    [`UPDATE log SET detail = '{"n":2}' WHERE sequence = 4`, 4],
    ['DELETE FROM log WHERE sequence = 2', 3],
    ['DELETE FROM log WHERE sequence = 1', 2],
    ['UPDATE log SET sequence = 9 WHERE sequence = 2', 3],
    [`UPDATE log SET previous = '${'1'.repeat(64)}' WHERE sequence = 2`, 2],
  ])('tells %s', (sql, sequence) => {
    tamper(sql)
    expect(check().problems[0]).toMatchObject({ sequence })
  })

  it('tells a release that is not in the log, or not what was released', () => {
    const sha256 = 'a'.repeat(64)
    const library = openLibrary(folder)
    const released = {
      number: '2026-00001',
      revision: 1,
      cell: 'a',
      cellName: 'A',
      releasedAt: '2026-11-25T00:00:00Z',
      sha256,
      reason: null,
    }
    library.releases.insert({ ...released, pdf: Buffer.from('PDF') })
    expect(checkLog(library).problems).toMatchObject([
      { message: 'Report 2026-00001, revision 1 is not in the log.' },
    ])
    logRelease(library, released)
    expect(checkLog(library).problems[0].message).toMatch(/is not what was released/)
    library.close()
  })
})
