import type { CellChange } from '../../../src-shared/contract/cells.ts'
import { t } from '../../locales/en.ts'

/** What a change is called: `tag “retest” of 12 cells`. */
export function changeWords({ kind, what, cells, name }: CellChange): string {
  const { change } = t.library
  const fields = (what ?? '').split(',').map((field) => change.fields[field] ?? field)
  const said =
    kind === 'edit'
      ? fields.length > 2
        ? change.kinds.edit()
        : fields.join(', ')
      : change.kinds[kind](what ?? '')
  return change.on(said, name === null ? change.cells(cells) : apart(name))
}

/** A name written from right to left turns none of the words around it. */
function apart(name: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(name) ? `\u2068${name}\u2069` : name
}
