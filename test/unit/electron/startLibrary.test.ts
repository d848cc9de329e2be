import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type LibraryList,
  readLibraryList,
  withOpened,
  withoutLibrary,
  writeLibraryList,
} from '../../../src-main/electron/libraryList.ts'
import { noteStart, startLibrary } from '../../../src-main/electron/startLibrary.ts'
import { libraryKind } from '../../../src-main/services/library/libraryKind.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const openedAt = '2026-11-28T07:00:00.000Z'
const empty: LibraryList = { next: null, opened: [] }

/** A user's data folder, and what starts the program there. */
function place(named = '') {
  const base = temporaryFolder()
  const home = join(base, 'pimoe')
  const question = { platform: 'linux', environment: { XDG_DATA_HOME: base, PIMOE_LIBRARY: named } } as const
  return { base, home, start: () => startLibrary(question) }
}

function makeLibrary(folder: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'library.sqlite'), '')
  return folder
}

describe('the list of libraries', () => {
  it('keeps names of any language and of any length', async () => {
    const { home } = place()
    const list = {
      next: `/Labor/Zellen für ${'😀'.repeat(30)}/${'lang/'.repeat(800)}`,
      opened: [{ folder: 'D:\\電池\\"Bücherei"', openedAt }],
    }
    await writeLibraryList(home, list)
    expect(readLibraryList(home)).toEqual(list)
    expect(readdirSync(home)).toEqual(['libraries.json'])
  })

  it.each([
    '',
    '{"next": "/a"',
    '[]',
    'null',
    '7',
    '{"next": 7, "opened": "x"}',
    '\u0000\u0000',
    '{"next": ""}',
  ])('is empty where the file is damaged: %j', (text) => {
    const { home } = place()
    mkdirSync(home)
    writeFileSync(join(home, 'libraries.json'), text)
    expect(readLibraryList(home)).toEqual(empty)
  })

  it('keeps of a damaged file what can be read', () => {
    const { home } = place()
    mkdirSync(home)
    const opened = [{ folder: '/a', openedAt }, { folder: 7 }, null, { folder: '/b', openedAt: 'yesterday' }]
    writeFileSync(join(home, 'libraries.json'), JSON.stringify({ next: 7, opened }))
    expect(readLibraryList(home)).toEqual({ next: null, opened: [{ folder: '/a', openedAt }] })
  })

  it('says where it cannot be written', async () => {
    const file = join(temporaryFolder(), 'a file')
    writeFileSync(file, '')
    await expect(writeLibraryList(join(file, 'pimoe'), empty)).rejects.toMatchObject({ code: 'not-writable' })
  })

  it('holds eight, the newest first, each once', () => {
    const folders = ['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h', '/i', '/c']
    const list = folders.reduce((before, folder) => withOpened(before, { folder, openedAt }), empty)
    expect(list.opened.map(({ folder }) => folder).join('')).toBe('/c/i/h/g/f/e/d/b')
    expect(withoutLibrary({ ...list, next: '/c' }, '/c').next).toBeNull()
    expect(withoutLibrary({ ...list, next: '/i' }, '/c')).toMatchObject({ next: '/i' })
    expect(withoutLibrary(list, '/c').opened).toHaveLength(7)
  })
})

describe('the library of a start', () => {
  it('is the default one where nothing was chosen', async () => {
    const { home, start } = place()
    expect(start()).toEqual({ folder: home, isNamed: false, gone: null })
    await noteStart(start(), { home, now: new Date(openedAt) })
    expect(readLibraryList(home)).toEqual({ next: null, opened: [{ folder: home, openedAt }] })
  })

  it('is the chosen one while it is there, and stays chosen while it is not', async () => {
    const { base, home, start } = place()
    const chosen = makeLibrary(join(base, 'Prüfstand 2 – 電池'))
    await writeLibraryList(home, { next: chosen, opened: [] })
    expect(start()).toEqual({ folder: chosen, isNamed: false, gone: null })
    const elsewhere = join(base, 'not plugged in')
    await writeLibraryList(home, { next: elsewhere, opened: [] })
    expect(start()).toEqual({ folder: home, isNamed: false, gone: elsewhere })
    await noteStart(start(), { home })
    expect(readLibraryList(home).next).toBe(elsewhere)
  })

  it('is a new one in an empty folder, but never in one that held a library', async () => {
    const { base, home, start } = place()
    const folder = join(base, 'empty')
    mkdirSync(folder)
    await writeLibraryList(home, { next: folder, opened: [] })
    expect(start()).toMatchObject({ folder, gone: null })
    await noteStart(start(), { home })
    expect(start()).toMatchObject({ folder: home, gone: folder })
  })

  it('is named by PIMOE_LIBRARY before all, and then stays out of the list', async () => {
    const { base, home, start } = place(join(temporaryFolder(), 'named'))
    await writeLibraryList(home, { next: makeLibrary(join(base, 'chosen')), opened: [] })
    const before = readFileSync(join(home, 'libraries.json'), 'utf8')
    const named = start()
    expect(named).toMatchObject({ isNamed: true, gone: null })
    expect(named.folder).toMatch(/named$/)
    await noteStart(named, { home })
    expect(readFileSync(join(home, 'libraries.json'), 'utf8')).toBe(before)
  })

  it('opens where the list cannot be written', async () => {
    const file = join(temporaryFolder(), 'a file')
    writeFileSync(file, '')
    const start = { folder: dirname(file), isNamed: false, gone: null }
    await expect(noteStart(start, { home: join(file, 'pimoe') })).resolves.toBeUndefined()
  })
})

it('knows a library, an empty folder, another folder and none from each other', () => {
  const folder = temporaryFolder()
  expect(libraryKind(folder)).toBe('empty')
  writeFileSync(join(folder, '.DS_Store'), '')
  writeFileSync(join(folder, 'Thumbs.db'), '')
  expect(libraryKind(folder)).toBe('empty')
  writeFileSync(join(folder, 'thesis.txt'), '')
  expect(libraryKind(folder)).toBe('other')
  expect(libraryKind(makeLibrary(folder))).toBe('library')
  expect(libraryKind(join(folder, 'none'))).toBe('missing')
  expect(libraryKind(join(folder, 'thesis.txt'))).toBe('missing')
})
