import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libraryFolder } from '../../../src-main/services/library/libraryFolder.ts'
import { newPackageFolder, packageTarget } from '../../../src-main/services/modelShelf/modelFolder.ts'
import { programPlaces } from '../../../src-main/services/places.ts'
import { nearestName, unknownName } from '../../../src-main/services/unknownName.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

describe('library folder', () => {
  const home = resolve('/home/jürgen')
  const place = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}, named?: string) =>
    libraryFolder({ platform, environment, home, named })

  it('is where each platform keeps a user’s data', () => {
    expect(place('linux')).toBe(join(home, '.local', 'share', 'pimoe'))
    expect(place('linux', { XDG_DATA_HOME: '/data' })).toBe(join('/data', 'pimoe'))
    expect(place('darwin')).toBe(join(home, 'Library', 'Application Support', 'PIMOE'))
    expect(place('win32', { APPDATA: 'C:\\Users\\ö\\AppData\\Roaming' })).toBe(
      join('C:\\Users\\ö\\AppData\\Roaming', 'PIMOE'),
    )
  })

  it('is overruled by PIMOE_LIBRARY, and that by the option', () => {
    expect(place('linux', { PIMOE_LIBRARY: '/a' })).toBe(resolve('/a'))
    expect(place('linux', { PIMOE_LIBRARY: '/a' }, '/b')).toBe(resolve('/b'))
  })
})

describe('unknown names', () => {
  it('proposes the nearest name and nothing far-fetched', () => {
    expect(nearestName('treshold', ['threshold', 'horizon'])).toBe('threshold')
    expect(nearestName('xyz', ['threshold', 'horizon'])).toBeNull()
    expect(unknownName('command', 'asess', ['assess']).detail.advice).toMatch(/^Did you mean assess\?/)
    expect(unknownName('model', 'a', [])).toMatchObject({ kind: 'usage', code: 'no-such-model' })
  })
})

describe('model folders', () => {
  it.each(['..', '../x', 'a/b', 'a\\b', '', '.hidden', 'con:', 'NUL', 'com1.v2', 'end.', 'x'.repeat(99)])(
    'refuses the name %j',
    (name) => {
      expect(() => newPackageFolder('/models', name, [])).toThrow(
        expect.objectContaining({ code: 'bad-model-name' }),
      )
    },
  )

  it('refuses a name that is taken, whatever its case', () => {
    expect(() => newPackageFolder('/models', 'Mine', ['mine'])).toThrow(
      expect.objectContaining({ code: 'model-exists' }),
    )
    expect(newPackageFolder('/models', 'Zelle 2026 ö', ['mine'])).toBe(resolve('/models', 'Zelle 2026 ö'))
  })

  it('never lets a package replace a folder that holds something else', () => {
    const folder = temporaryFolder()
    expect(packageTarget(join(folder, 'new'))).toBe(join(folder, 'new'))
    mkdirSync(join(folder, 'empty'))
    expect(packageTarget(join(folder, 'empty'))).toBe(join(folder, 'empty'))
    writeFileSync(join(folder, 'thesis.txt'), '')
    mkdirSync(join(folder, 'mine', 'notes'), { recursive: true })
    expect(() => newPackageFolder(folder, 'mine', [])).toThrow(
      expect.objectContaining({ code: 'folder-in-use' }),
    )
    expect(() => packageTarget(folder)).toThrow(expect.objectContaining({ code: 'folder-in-use' }))
    expect(() => packageTarget(join(folder, 'thesis.txt'))).toThrow(
      expect.objectContaining({ code: 'folder-in-use' }),
    )
  })
})

describe('the folder of a new package', () => {
  it('is refused before any work where it cannot be made', () => {
    const file = join(temporaryFolder(), 'a file')
    writeFileSync(file, '')
    expect(() => packageTarget(join(file, 'model'))).toThrow(
      expect.objectContaining({ kind: 'usage', code: 'not-writable' }),
    )
  })
})

describe('places', () => {
  it('are found by walking up to the folder of the models', () => {
    const root = temporaryFolder()
    const start = join(root, 'dist', 'main')
    mkdirSync(start, { recursive: true })
    mkdirSync(join(root, 'models'))
    writeFileSync(join(root, 'package.json'), '{"version":"1.2.3"}')
    expect(programPlaces(start)).toEqual({
      models: join(root, 'models'),
      samples: join(root, 'assets', 'samples'),
      page: join(root, 'dist', 'renderer'),
      version: '1.2.3',
    })
  })
})
