import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { signalRows, signalText } from '../fixtures/signalTable.ts'
import type { Asking } from './quarantineCases.ts'

/** Copies of the library, put back; and a check of everything in it. */
export function keepingCases({ ask, failure, places }: Asking): void {
  const outside = () => join(places().folder, 'Sicherungen ö')

  it('library/backup writes one file, outside the library and never over another', async () => {
    const made = await ask('library/backup', { to: outside() })
    expect(dirname(made.file)).toBe(outside())
    expect(made).toMatchObject({ schema: 'pimoe-backup/1', cells: (await ask('cells/list', {})).length })
    const named = join(outside(), 'eine.sqlite')
    expect((await ask('library/backup', { to: named })).file).toBe(named)
    expect(await failure('library/backup', { to: named })).toMatchObject({ code: 'backup-exists' })
    for (const to of [
      places().library,
      join(places().library, 'neu', 'x.sqlite'),
      join(outside(), '..', 'bibliothek'),
    ])
      expect(await failure('library/backup', { to }), to).toMatchObject({
        kind: 'refused',
        code: 'backup-inside-library',
      })
    expect(existsSync(join(places().library, 'neu'))).toBe(false)
  })

  it('library/restore puts it back, keeps the present aside and logs it', async () => {
    const before = await ask('cells/list', {})
    const { file } = await ask('library/backup', { to: outside() })
    await ask('cells/remove', { ids: [before[0].id] })
    const restored = await ask('library/restore', { file })
    expect(await ask('cells/list', {})).toEqual(before)
    expect(restored).toMatchObject({ cells: before.length, library: places().library })
    expect((await ask('log/list', { limit: 1 }))[0]).toMatchObject({ kind: 'restored-backup' })
    expect(await ask('log/check', {})).toMatchObject({ problems: [] })
    await ask('library/restore', { file: restored.aside! })
    expect(await ask('cells/list', {})).toEqual(before.slice(1))
    await ask('cells/restore', { ids: [before[0].id] })
    expect(await failure('library/restore', { file: join(outside(), 'nie.sqlite') })).toMatchObject({
      kind: 'refused',
      code: 'no-such-file',
    })
  })

  it('library/check looks at all of it, and tells what was changed', async () => {
    const sound = await ask('library/check', {})
    expect(sound).toMatchObject({ isSound: true, library: places().library, place: [] })
    expect(sound.checks.map(({ name, problems }) => [name, problems])).toEqual(
      ['database', 'references', 'log', 'quarantine', 'models'].map((name) => [name, []]),
    )
    const millivolts = signalRows().map((row) => ({ ...row, voltage: row.voltage * 1001 }))
    const path = join(places().folder, 'gehalten.csv')
    writeFileSync(path, signalText(millivolts))
    const { files } = await ask('files/import', { paths: [path] })
    const id = files[0].quarantine!
    const kept = join(places().library, 'quarantine', id)
    const inner = join(kept, readdirSync(kept)[0])
    writeFileSync(join(inner, readdirSync(inner)[0]), 'other bytes')
    mkdirSync(join(places().library, 'models', 'kaputt'), { recursive: true })
    writeFileSync(join(places().library, 'models', 'kaputt', 'manifest.json'), '{')
    const { isSound, checks } = await ask('library/check', {})
    expect(isSound).toBe(false)
    expect(checks.filter(({ problems }) => problems.length > 0).map(({ name }) => name)).toEqual([
      'quarantine',
      'models',
    ])
    await ask('quarantine/reject', { ids: [id] })
  })
}
