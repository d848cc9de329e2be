import type { CellChange } from '../../src-shared/contract/cells.ts'

/** `lot 2026-11-A of 12 cells` */
export function changeText({ kind, what, cells, name }: CellChange): string {
  const said = kind === 'edit' ? (what ?? 'edit').split(',').join(', ') : [kind, what ?? ''].join(' ').trim()
  return `${said} of ${name ?? `${cells} ${cells === 1 ? 'cell' : 'cells'}`}`
}
