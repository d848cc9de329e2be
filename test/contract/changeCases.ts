import { expect, it } from 'vitest'
import type { Asking } from './quarantineCases.ts'

/** What the laboratory keeps of cells, changed one by one and many at once, undone and redone. */
export function changeCases({ ask, failure, cells }: Asking & { cells: () => string[] }): void {
  const summaryOf = async (id: string) => (await ask('cells/list', {})).find((cell) => cell.id === id)!

  it('cells/change sets fields and tags, cells/label tells them', async () => {
    const [id] = cells()
    const changes = {
      serial: 'SN 0412',
      maker: 'Müller',
      nominalVoltage_V: 3.6,
      history: 'scooter',
      notes: '—',
    }
    const { changed, undo, redo } = await ask('cells/change', {
      ids: [id],
      changes,
      addTags: ['b', 'a10', 'a2'],
    })
    expect({ changed, redo }).toEqual({ changed: 1, redo: null })
    expect(undo).toMatchObject({ kind: 'edit', cells: 1, what: expect.stringContaining('serial') as string })
    const label = { ...changes, lot: null, tags: ['a2', 'a10', 'b'] }
    expect(await ask('cells/label', { id })).toEqual(label)
    expect((await ask('cells/get', { id })).label).toEqual(label)
    const { history: _, notes: __, ...lean } = label
    expect((await summaryOf(id)).label).toEqual(lean)
    expect((await ask('cells/change', { ids: [id], changes: { serial: 'SN 0412' } })).changed).toBe(0)
    await ask('cells/change', { ids: [id], changes: { notes: '  ' } })
    expect((await ask('cells/label', { id })).notes).toBeNull()
  })

  it('cells/change takes many at once, each change one step of the history', async () => {
    const ids = cells()
    const lot = await ask('cells/change', { ids, changes: { lot: '2026-11-A' } })
    expect(lot.undo).toMatchObject({ kind: 'lot', what: '2026-11-A', cells: ids.length, name: null })
    const tagged = await ask('cells/change', { ids, addTags: ['retest'] })
    expect(tagged.undo).toMatchObject({ kind: 'tag', what: 'retest', cells: ids.length })
    expect(await ask('changes/list', {})).toEqual({ undo: tagged.undo, redo: null })

    const undone = await ask('changes/undo', { id: tagged.undo!.id })
    expect(undone).toMatchObject({ changed: ids.length, undo: lot.undo, redo: tagged.undo })
    expect((await ask('cells/label', { id: ids[1] })).tags).toEqual([])
    expect(await failure('changes/undo', { id: tagged.undo!.id })).toMatchObject({ code: 'changed-since' })
    expect((await ask('changes/redo', {})).undo).toEqual(tagged.undo)
    expect((await ask('cells/label', { id: ids[0] })).tags).toEqual(['a2', 'a10', 'b', 'retest'])
    await ask('changes/undo', {})
    await ask('cells/change', { ids: [ids[0]], removeTags: ['b'] })
    expect(await failure('changes/redo', {})).toMatchObject({ kind: 'refused', code: 'nothing-to-redo' })
  })

  it('changes/undo brings a removed cell back, and is itself in the log', async () => {
    const [id] = cells()
    const before = await summaryOf(id)
    await ask('cells/remove', { ids: [id] })
    expect((await ask('changes/list', {})).undo).toMatchObject({ kind: 'removal', cells: 1 })
    await ask('changes/undo', {})
    expect(await summaryOf(id)).toEqual(before)
    const [undone, removed] = await ask('log/list', { limit: 2 })
    expect(undone).toMatchObject({ kind: 'restoration', subject: id, detail: { by: 'undo' } })
    expect(removed).toMatchObject({ kind: 'removal', subject: id, detail: {} })
    expect((await ask('log/check', {})).problems).toEqual([])
  })

  it('changes/redo brings a changed name back', async () => {
    const [id] = cells()
    await ask('cells/describe', { id, changes: { name: 'Erste' } })
    await ask('changes/undo', {})
    await ask('changes/redo', {})
    expect((await summaryOf(id)).description.name).toBe('Erste')
    await ask('changes/undo', {})
    expect((await summaryOf(id)).description.name).not.toBe('Erste')
  })

  it('cells/change refuses one name for two, and what does not fit', async () => {
    const [first, second] = cells()
    const named = { ids: [first, second], changes: { name: 'x' } }
    expect(await failure('cells/change', named)).toMatchObject({ code: 'bad-input', column: 'name' })
    const volts = { ids: [first], changes: { nominalVoltage_V: 0 } }
    expect(await failure('cells/change', volts)).toMatchObject({ code: 'bad-input' })
    expect(await failure('cells/change', { ids: ['nie'], changes: {} })).toMatchObject({
      code: 'no-such-cell',
    })
    expect(await failure('cells/label', { id: 'nie' })).toMatchObject({ code: 'no-such-cell' })
  })
}
