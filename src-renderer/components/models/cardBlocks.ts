export type CardBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly rows: readonly (readonly string[])[]
      /** Of each column, whether it holds numbers. */
      readonly isNumber: readonly boolean[]
    }

type LineKind = CardBlock['kind'] | 'blank'

/** The little Markdown that model cards use, as plain values: headings, paragraphs, lists, tables. Anything else is text. */
export function cardBlocks(text: string): CardBlock[] {
  const blocks: { kind: CardBlock['kind']; lines: string[] }[] = []
  let before: LineKind = 'blank'
  for (const line of text.split(/\r?\n/)) {
    const kind = kindOf(line, before)
    const open = blocks.at(-1)
    if (kind !== 'blank' && kind === before && kind !== 'heading') open?.lines.push(line)
    else if (kind !== 'blank') blocks.push({ kind, lines: [line] })
    before = kind
  }
  return blocks.map(({ kind, lines }) => blockOf(kind, lines))
}

function kindOf(line: string, before: LineKind): LineKind {
  if (line.trim() === '') return 'blank'
  if (/^#{1,6}\s/.test(line)) return 'heading'
  if (line.trimStart().startsWith('|')) return 'table'
  const goesOn = before === 'list' && /^\s{2,}\S/.test(line)
  return goesOn || /^\s*[-*]\s/.test(line) ? 'list' : 'paragraph'
}

function blockOf(kind: CardBlock['kind'], lines: readonly string[]): CardBlock {
  const [first = ''] = lines
  if (kind === 'heading') return { kind, level: first.indexOf(' '), text: plain(first.replace(/^#+\s+/, '')) }
  if (kind === 'list') return { kind, items: listItems(lines) }
  if (kind === 'table') {
    const rows = tableRows(lines)
    return { kind, rows, isNumber: numberColumns(rows) }
  }
  return { kind, text: plain(lines.map((line) => line.trim()).join(' ')) }
}

function listItems(lines: readonly string[]): string[] {
  return lines.reduce<string[]>((items, line) => {
    const item = /^\s*[-*]\s+(.*)$/.exec(line)?.[1]
    const last = items.at(-1)
    if (item === undefined && last !== undefined) return [...items.slice(0, -1), `${last} ${plain(line.trim())}`]
    return [...items, plain(item ?? line.trim())]
  }, [])
}

function tableRows(lines: readonly string[]): string[][] {
  return lines
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) => line.trim().replaceAll(/^\||\|$/g, '').split('|').map((field) => plain(field.trim())))
}

/** Numbers, ranges of them, and dashes where there is none. */
function numberColumns([heads = [], ...rows]: readonly (readonly string[])[]): boolean[] {
  return heads.map((_, column) => rows.every((row) => /^([<>≤≥~]?\s*[-+−–]?\d.*|[–—-]?)$/.test(row[column] ?? '')))
}

function plain(text: string): string {
  return text.replaceAll(/\*\*|`/g, '')
}
