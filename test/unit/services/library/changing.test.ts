import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../../src-main/library/openLibrary.ts'
import { changeCells } from '../../../../src-main/services/library/changing.ts'
import { createApplication, type RunningApplication } from '../../../../src-main/services/application.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { setFields, storeCell } from '../../library/storedCells.ts'

let library: Library
let application: RunningApplication
const context = { signal: new AbortController().signal, progress: () => undefined }

beforeEach(() => {
  const folder = temporaryFolder()
  library = openLibrary(folder)
  application = createApplication({ libraryFolder: folder, host: 'cli' })
})

afterEach(async () => {
  library.close()
  await application.close()
})

const states = (ids: readonly string[]) => ids.map((id) => library.cells.fields(id))

it('any series of changes is undone to the beginning and redone to the end, through closing and opening', async () => {
  const random = seededRandom(9)
  const ids = [1, 2, 3, 4, 5].map((seed) => storeCell(library, seed, []))
  const series = [states(ids)]
  for (let step = 0; step < 60; step++) {
    const some = ids.filter(() => random.uniform() < 0.5)
    const lot = random.uniform() < 0.3 ? null : `Lot ${Math.floor(3 * random.uniform())}`
    const tags = ['a', 'b', 'c'].filter(() => random.uniform() < 0.5)
    const removed = random.uniform() < 0.3
    const changed = changeCells(library, { kind: 'edit', ids: some, change: () => ({ lot, tags, removed }) })
    if (changed > 0) series.push(states(ids))
  }
  for (const before of series.slice(0, -1).toReversed()) {
    await application['changes/undo']({}, context)
    expect(states(ids)).toEqual(before)
  }
  await expect(application['changes/undo']({}, context)).rejects.toMatchObject({ code: 'nothing-to-undo' })
  for (const after of series.slice(1)) {
    await application['changes/redo']({}, context)
    expect(states(ids)).toEqual(after)
  }
  expect(await application['log/check']({}, context)).toMatchObject({ problems: [] })
})

it('a field that was changed elsewhere since keeps what it is', async () => {
  const id = storeCell(library, 1, [])
  changeCells(library, { kind: 'edit', ids: [id], change: () => ({ lot: 'A', maker: 'M' }) })
  setFields(library, id, { lot: 'B' })
  await application['changes/undo']({}, context)
  expect(library.cells.fields(id)).toMatchObject({ lot: 'B', maker: null })
})

it('changes all cells or none', () => {
  const ids = [1, 2].map((seed) => storeCell(library, seed, []))
  const change = ({ name }: { name: string }) => ({ nominalCapacity_Ah: name.endsWith('2') ? -1 : 4 })
  expect(() => changeCells(library, { kind: 'edit', ids, change })).toThrow(/CHECK/)
  expect(states(ids).map((fields) => fields?.nominalCapacity_Ah)).toEqual([3.5, 3.5])
  expect(library.changes.history()).toEqual({ undo: null, redo: null })
  expect(library.log.check().entries).toBe(0)
})
