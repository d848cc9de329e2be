import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../../src-main/library/migrate.ts'
import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const steps = ['CREATE TABLE one (x INTEGER) STRICT', 'CREATE TABLE two (x INTEGER) STRICT']

describe('migrate', () => {
  let folder: string
  let database: Database

  beforeEach(() => {
    folder = temporaryFolder()
    database = new Sqlite(join(folder, 'l.sqlite'))
    return () => database.close()
  })

  const plan = (migrations: readonly string[]) => ({
    migrations,
    backupFolder: join(folder, 'backups'),
    now: new Date(0),
  })
  const version = (): unknown => database.pragma('user_version', { simple: true })

  it('makes a new library without a backup and finds nothing to do the second time', () => {
    expect(migrate(database, plan(steps))).toBeNull()
    expect(version()).toBe(2)
    expect(migrate(database, plan(steps))).toBeNull()
  })

  it('backs up an older library before changing it', () => {
    migrate(database, plan(steps.slice(0, 1)))
    database.exec('INSERT INTO one VALUES (7)')
    const backup = migrate(database, plan(steps))
    expect(version()).toBe(2)
    const copy = new Sqlite(backup!, { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(1)
    expect(copy.prepare('SELECT x FROM one').all()).toEqual([{ x: 7 }])
    copy.close()
  })

  it('leaves the old version whole when a step fails', () => {
    migrate(database, plan(steps.slice(0, 1)))
    expect(() =>
      migrate(database, plan([...steps, 'CREATE TABLE three (x INTEGER); SELECT nonsense'])),
    ).toThrow(/nonsense/)
    expect(version()).toBe(1)
    expect(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).toEqual([
      { name: 'one' },
    ])
  })

  it('refuses a library that a newer program wrote and leaves it as it is', () => {
    database.pragma('user_version = 99')
    expect(() => migrate(database, plan(steps))).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'library-newer' }),
    )
    expect(version()).toBe(99)
  })
})

describe('openLibrary', () => {
  it('refuses a file that is no library and leaves it as it is', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'library.sqlite')
    writeFileSync(file, 'not a database, '.repeat(100))
    expect(() => openLibrary(folder)).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'library-damaged' }),
    )
    expect(readFileSync(file, 'utf8')).toBe('not a database, '.repeat(100))
  })

  it("refuses another program's database and leaves it as it is", () => {
    const folder = temporaryFolder()
    const other = new Sqlite(join(folder, 'library.sqlite'))
    other.exec('CREATE TABLE theirs (x)')
    expect(() => openLibrary(folder)).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'library-foreign' }),
    )
    expect(other.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['theirs'])
    other.close()
  })

  it('refuses a folder that is a file', () => {
    const file = join(temporaryFolder(), 'library')
    writeFileSync(file, '')
    expect(() => openLibrary(file)).toThrow(expect.objectContaining({ code: 'library-folder' }))
  })

  it('lets two programs open one library', () => {
    const folder = join(temporaryFolder(), 'new')
    mkdirSync(folder)
    const first = openLibrary(folder)
    const second = openLibrary(folder)
    const changedAt = new Date(0).toISOString()
    first.scenarios.save({ id: 's', scenario: { name: 'a', blocks: [] }, changedAt })
    expect(second.scenarios.list()).toHaveLength(1)
    second.close()
    first.close()
  })
})

describe('a library that another program holds', () => {
  it('is told as busy after a while, and the work is whole afterwards', () => {
    const folder = temporaryFolder()
    const library = openLibrary(folder, { patience_ms: 50 })
    const other = new Sqlite(join(folder, 'library.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    const save = () =>
      library.transaction(() => {
        library.scenarios.save({ id: 's', scenario: { name: 'a', blocks: [] }, changedAt: 'now' })
      })
    expect(save).toThrow(expect.objectContaining({ kind: 'refused', code: 'library-busy' }))
    const single = () => library.scenarios.remove('s', 'now')
    expect(single).toThrow(expect.objectContaining({ kind: 'refused', code: 'library-busy' }))
    other.exec('COMMIT')
    other.close()
    save()
    expect(library.scenarios.list()).toHaveLength(1)
    library.close()
  })
})

describe('a library whose pages were overwritten', () => {
  it('is told as damaged by whatever reads it', () => {
    const folder = temporaryFolder()
    openLibrary(folder).close()
    const file = join(folder, 'library.sqlite')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0x5a, bytes.readUInt16BE(16)))
    const read = () => openLibrary(folder).cells.list()
    expect(read).toThrow(expect.objectContaining({ kind: 'refused', code: 'library-damaged' }))
  })
})
