import { isDeepStrictEqual } from 'node:util'
import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { CellChange, CellChanges, CellsChanged } from '../../../src-shared/contract/cells.ts'
import type { Application, RequestInput } from '../../../src-shared/contract/requests.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { CellFields } from '../../library/cells.ts'
import type { ChangedCell } from '../../library/changes.ts'
import type { Library } from '../../library/openLibrary.ts'
import { restate } from './measuring.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from './unknownCell.ts'

type ChangeRequests = Pick<
  Application,
  'cells/change' | 'cells/remove' | 'cells/restore' | 'changes/list' | 'changes/undo' | 'changes/redo'
>

/** Every change of what is known of cells: made, told in the log, and kept so that it can be undone. */
export function changeRequests(parts: Parts): ChangeRequests {
  return {
    'cells/change': async (input) => {
      const library = await parts.library()
      const ids = input.ids.map((idOrName) => idOf(library, idOrName))
      return answer(library, changeCells(library, { ...titleOf(input), ids, change: editOf(input) }))
    },
    'cells/remove': async ({ ids }) => {
      const library = await parts.library()
      const change = () => ({ removed: true })
      return { removed: changeCells(library, { kind: 'removal', ids, change }) }
    },
    'cells/restore': async ({ ids }) => {
      const library = await parts.library()
      const change = () => ({ removed: false })
      return { restored: changeCells(library, { kind: 'restoration', ids, change }) }
    },
    'changes/list': async () => (await parts.library()).changes.history(),
    'changes/undo': async ({ id }) => {
      const library = await parts.library()
      return answer(library, walk(library, { way: 'undo', id }))
    },
    'changes/redo': async ({ id }) => {
      const library = await parts.library()
      return answer(library, walk(library, { way: 'redo', id }))
    },
  }
}

function answer(library: Library, changed: number): CellsChanged {
  return { changed, ...library.changes.history() }
}

function idOf(library: Library, idOrName: string): string {
  const found = library.cells.find(idOrName)
  if (found === null) throw unknownCell(library, idOrName)
  return found.id
}

/** What the change is called by. */
function titleOf({ changes = {}, addTags = [], removeTags = [] }: RequestInput<'cells/change'>) {
  const fields = [...Object.keys(changes), ...(addTags.length + removeTags.length > 0 ? ['tags'] : [])]
  const [only, ...others] = fields
  if (others.length === 0 && only === 'lot') return { kind: 'lot', what: changes.lot ?? null } as const
  if (others.length > 0 || only !== 'tags') return { kind: 'edit', what: fields.join(',') } as const
  if (removeTags.length === 0) return { kind: 'tag', what: addTags.join(', ') } as const
  return addTags.length === 0
    ? ({ kind: 'untag', what: removeTags.join(', ') } as const)
    : ({ kind: 'edit', what: 'tags' } as const)
}

const byName = new Intl.Collator('en', { numeric: true })

function editOf({ changes = {}, addTags = [], removeTags = [] }: RequestInput<'cells/change'>) {
  return ({ tags }: CellFields): Partial<CellFields> => {
    const next = new Set([...tags.filter((tag) => !removeTags.includes(tag)), ...addTags])
    return { ...withoutBlanks(changes), tags: [...next].toSorted(byName.compare) }
  }
}

/** Text that is only blanks is not stated. */
function withoutBlanks(changes: CellChanges): CellChanges {
  const entries = Object.entries(changes).map(([key, value]) => [
    key,
    typeof value === 'string' && value.trim() === '' ? null : value,
  ])
  return Object.fromEntries(entries) as CellChanges
}

export interface CellEdit extends Pick<CellChange, 'kind'> {
  readonly what?: string | null
  readonly ids: readonly string[]
  readonly change: (fields: CellFields) => Partial<CellFields>
}

/** Changes all cells or none, and counts those that are other than before. Ids that are not there are passed over. */
export function changeCells(library: Library, { kind, what = null, ids, change }: CellEdit): number {
  const at = new Date().toISOString()
  return library.transaction(() => {
    const cells = ids.flatMap((id) => {
      const fields = library.cells.fields(id)
      return fields === null ? [] : (applied(library, { id, fields, change: change(fields), at }) ?? [])
    })
    if (cells.length > 0) library.changes.append({ at, kind, what, cells })
    return cells.length
  })
}

interface Applied {
  readonly id: string
  readonly fields: CellFields
  readonly change: Partial<CellFields>
  readonly at: string
  readonly way?: 'undo' | 'redo'
}

/** Writes and logs what differs; null where nothing does. */
function applied(library: Library, { id, fields, change, at, way }: Applied): ChangedCell | null {
  const keys = (Object.keys(change) as (keyof CellFields)[]).filter(
    (key) => change[key] !== undefined && !isDeepStrictEqual(change[key], fields[key]),
  )
  if (keys.length === 0) return null
  const before = Object.fromEntries(keys.map((key) => [key, fields[key]])) as Partial<CellFields>
  const after = Object.fromEntries(keys.map((key) => [key, change[key]])) as Partial<CellFields>
  library.cells.write(id, { ...fields, ...after }, at)
  logChange(library, { id, before, after, way })
  return { id, before, after }
}

const descriptionFields: readonly (keyof CellDescription)[] = [
  'name',
  'chemistry',
  'nominalCapacity_Ah',
  'temperature_degC',
]

function logChange(
  library: Library,
  { id, before, after, way }: ChangedCell & { readonly way: 'undo' | 'redo' | undefined },
): void {
  const by = way === undefined ? {} : { by: way }
  const { removed, ...told } = after
  if (removed !== undefined)
    library.log.append({ kind: removed ? 'removal' : 'restoration', subject: id, detail: by })
  const keys = Object.keys(told) as (keyof typeof told)[]
  if (keys.length === 0) return
  const isDescription = keys.some((key) => descriptionFields.some((field) => field === key))
  const { removed: _, ...was } = before
  library.log.append({
    kind: isDescription ? 'description' : 'label',
    subject: id,
    detail: { before: was, after: told, ...by },
  })
}

/** One step back or forward in the history. Fields that were changed elsewhere since keep what they are. */
function walk(library: Library, { way, id }: { way: 'undo' | 'redo'; id: number | undefined }): number {
  return library.transaction(() => {
    const change = library.changes.history()[way]
    if (change === null) throw nothingTo(way)
    if (id !== undefined && id !== change.id) throw otherSince(way)
    const at = new Date().toISOString()
    const cells = library.changes.cellsOf(change.id)
    library.changes.mark(change.id, way === 'undo')
    return cells.filter(({ id: cell, before, after }) => {
      const fields = library.cells.fields(cell)
      if (fields === null) return false
      const [{ stated: said = {}, ...from }, { stated = {}, ...to }] =
        way === 'undo' ? [after, before] : [before, after]
      const isRestated = restate(library, cell, { from: said, to: stated, way })
      const still = (Object.keys(to) as (keyof CellFields)[]).filter((key) =>
        isDeepStrictEqual(fields[key], from[key]),
      )
      const change = Object.fromEntries(still.map((key) => [key, to[key]])) as Partial<CellFields>
      return applied(library, { id: cell, fields, change, at, way }) !== null || isRestated
    }).length
  })
}

function nothingTo(way: 'undo' | 'redo'): Failure {
  return new Failure('refused', `nothing-to-${way}`, `There is nothing to ${way}.`, {
    advice: 'Changes of cells can be undone, in the order in which they were made.',
  })
}

function otherSince(way: 'undo' | 'redo'): Failure {
  return new Failure('refused', 'changed-since', 'Another change was made since.', {
    advice: `Choose ${way} in the library: it takes the newest change first.`,
  })
}
