import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { libraryFileName } from '../../../src-main/library/libraryFile.ts'
import { openLibrary, type Library } from '../../../src-main/library/openLibrary.ts'
import { restoreLibrary } from '../../../src-main/library/restore.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { seededCycles, setFields, storeCell } from './storedCells.ts'

let outside: string
let folder: string
let library: Library

beforeEach(() => {
  outside = temporaryFolder()
  folder = join(outside, 'Bücherei')
  library = openLibrary(folder)
})

afterEach(() => library.close())

const names = () => library.cells.list().map(({ id }) => id)

function put(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}

const never = { aborted: false } as AbortSignal

function restore(file: string, present: Library | null = library): Promise<string | null> {
  return restoreLibrary({ folder, file, present, now: new Date(0), signal: never, progress: () => undefined })
}

describe('backup', () => {
  it('is one whole file: cells, quarantined bytes, models and key come back', async () => {
    const id = storeCell(library, 1, seededCycles(1, 3))
    const cycles = library.cycles.ofCell(id)
    const long = 'x'.repeat(9 * 1024 ** 2)
    put('quarantine/abc/Ordner ö/messung.csv', long)
    put('models/own/.run/state.json', '{}')
    put('models/own/empty', '')
    put('keys/signing.pem', 'key')
    put('backups/old.sqlite', 'not carried')
    const file = join(outside, 'Sicherung 1.sqlite')
    const written = await library.writeBackup({ file })
    expect(written.files).toBe(4)
    expect(readdirSync(outside).toSorted()).toEqual(['Bücherei', 'Sicherung 1.sqlite'])

    library.close()
    const elsewhere = join(outside, 'Neu')
    await restoreLibrary({
      folder: elsewhere,
      file,
      present: null,
      now: new Date(0),
      signal: never,
      progress: () => undefined,
    })
    library = openLibrary(elsewhere)
    expect(library.cycles.ofCell(id)).toEqual(cycles)
    expect(readFileSync(join(elsewhere, 'quarantine/abc/Ordner ö/messung.csv'), 'utf8')).toBe(long)
    expect(readFileSync(join(elsewhere, 'keys/signing.pem'), 'utf8')).toBe('key')
    expect(readFileSync(join(elsewhere, 'models/own/empty'), 'utf8')).toBe('')
    expect(readdirSync(elsewhere).toSorted()).toEqual(
      expect.arrayContaining(['keys', libraryFileName, 'models', 'quarantine']),
    )
    expect(readdirSync(elsewhere).filter((name) => name.startsWith('.restore'))).toEqual([])
    expect([library.integrity.pages(), library.integrity.references()]).toEqual([[], []])
  })

  it('never takes the place of a file, and leaves nothing behind where it is cancelled', async () => {
    for (let seed = 0; seed < 40; seed++) storeCell(library, seed, seededCycles(seed, 40))
    const file = join(outside, 'da.sqlite')
    writeFileSync(file, 'mine')
    await expect(library.writeBackup({ file })).rejects.toMatchObject({ code: 'backup-exists' })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    const cancelled = library.writeBackup({
      file: join(outside, 'neu.sqlite'),
      signal: AbortSignal.abort(),
    })
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' })
    expect(readdirSync(outside).toSorted()).toEqual(['Bücherei', 'da.sqlite'])
  })

  it('holds what was there when the library is changed meanwhile', async () => {
    for (let seed = 0; seed < 40; seed++) storeCell(library, seed, seededCycles(seed, 40))
    const other = openLibrary(folder)
    let isFirst = true
    const file = join(outside, 'b.sqlite')
    await library.writeBackup({
      file,
      progress: () => {
        if (isFirst) storeCell(other, 100, [])
        isFirst = false
      },
    })
    other.close()
    await restore(file)
    expect(library.integrity.pages()).toEqual([])
    expect(library.cells.count()).toBeGreaterThanOrEqual(40)
  })
})

describe('restore', () => {
  it('keeps the library as it was aside, and shows the old one through an open connection', async () => {
    storeCell(library, 1, seededCycles(1, 2))
    const file = join(outside, 'früher.sqlite')
    await library.writeBackup({ file })
    storeCell(library, 2, seededCycles(2, 2))
    setFields(library, 'cell-1', { removed: true })
    const other = openLibrary(folder)
    const aside = await restore(file)
    expect(names()).toEqual(['cell-1'])
    expect(other.cells.list().map(({ id }) => id)).toEqual(['cell-1'])
    other.close()
    expect(aside).toBe(join(folder, 'backups', 'before-restore-1970-01-01T00-00-00-000Z.sqlite'))
    await restore(aside!)
    expect(names()).toEqual(['cell-2'])
  })

  it('leaves key and models as they were where it is cancelled while the database is replaced', async () => {
    put('keys/signing.pem', 'key of the backup')
    const file = join(outside, 'Sicherung.sqlite')
    await library.writeBackup({ file })
    put('keys/signing.pem', 'key in use')
    const id = storeCell(library, 1, seededCycles(1, 3))
    const signal = {
      get aborted() {
        return (
          existsSync(join(folder, 'backups')) &&
          readdirSync(join(folder, 'backups')).some((name) => name.startsWith('before-restore'))
        )
      },
    } as AbortSignal
    const order = { folder, file, present: library, now: new Date(0), signal, progress: () => undefined }
    await expect(restoreLibrary(order)).rejects.toMatchObject({ kind: 'cancelled' })
    expect(readFileSync(join(folder, 'keys/signing.pem'), 'utf8')).toBe('key in use')
    expect(names()).toEqual([id])
  })

  it('refuses what is no backup, a damaged one and a newer one, and changes nothing', async () => {
    storeCell(library, 1, seededCycles(1, 30))
    const file = join(outside, 'gut.sqlite')
    await library.writeBackup({ file })
    const text = join(outside, 'text.sqlite')
    writeFileSync(text, 'no database at all, only words '.repeat(100))
    await expect(restore(text)).rejects.toMatchObject({ code: 'not-a-backup' })
    const foreign = join(outside, 'fremd.sqlite')
    new Sqlite(foreign).exec('CREATE TABLE x (y)').close()
    await expect(restore(foreign)).rejects.toMatchObject({ code: 'not-a-backup' })
    const bytes = readFileSync(file)
    const cut = join(outside, 'gekürzt.sqlite')
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length / 2 / 4096) * 4096))
    await expect(restore(cut)).rejects.toMatchObject({ code: 'backup-damaged' })
    const newer = join(outside, 'neuer.sqlite')
    writeFileSync(newer, bytes)
    const database = new Sqlite(newer)
    database.pragma('user_version = 99')
    database.close()
    await expect(restore(newer)).rejects.toMatchObject({ code: 'library-newer' })
    await expect(restore(join(outside, 'nie.sqlite'))).rejects.toMatchObject({ code: 'no-such-file' })
    await expect(restore(join(folder, libraryFileName))).rejects.toMatchObject({ code: 'library-itself' })
    expect(names()).toEqual(['cell-1'])
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })

  it('takes the place of a library that cannot be opened, whose bytes are kept', async () => {
    storeCell(library, 1, seededCycles(1, 2))
    const file = join(outside, 'gut.sqlite')
    await library.writeBackup({ file })
    library.close()
    writeFileSync(join(folder, libraryFileName), 'ruined '.repeat(2000))
    expect(() => openLibrary(folder)).toThrow(/not a battery library/)
    const aside = await restore(file, null)
    expect(readFileSync(aside!, 'utf8')).toMatch(/^ruined/)
    library = openLibrary(folder)
    expect(names()).toEqual(['cell-1'])
  })

  it('writes nothing outside the folders of the library', async () => {
    const file = join(outside, 'böse.sqlite')
    put('models/own/x', 'x')
    await library.writeBackup({ file })
    const database = new Sqlite(file)
    const insert = database.prepare('INSERT INTO packed_file (path, part, bytes) VALUES (?, 0, ?)')
    for (const path of [
      '../away',
      'models/../../away',
      '/away',
      'library.sqlite',
      'models/a\\..\\b',
      'models/C:x',
    ])
      insert.run(path, Buffer.from('x'))
    database.close()
    await restore(file)
    expect(readdirSync(outside).toSorted()).toEqual(['Bücherei', 'böse.sqlite'])
    expect(readdirSync(join(folder, 'models'))).toEqual(['own'])
  })

  it('ends as before or as restored where the program is killed in the middle', async () => {
    for (let seed = 0; seed < 30; seed++) storeCell(library, seed, seededCycles(seed, 60))
    const file = join(outside, 'voll.sqlite')
    await library.writeBackup({ file })
    for (const id of names()) setFields(library, id, { removed: true })
    library.close()
    const writer = join(import.meta.dirname, 'restoreKilled.ts')
    for (const after of [1, 2, 3]) {
      const { signal } = spawnSync(process.execPath, [writer, folder, file, String(after)], {
        encoding: 'utf8',
      })
      expect(signal).toBe('SIGKILL')
      library = openLibrary(folder)
      expect(library.integrity.pages()).toEqual([])
      expect([0, 30]).toContain(library.cells.count())
      library.close()
    }
    library = openLibrary(folder)
    await restore(file)
    expect(library.cells.count()).toBe(30)
    expect(readdirSync(folder).filter((name) => name.startsWith('.restore'))).toEqual([])
  })
})
