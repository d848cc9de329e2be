export type CardBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }

/** The little Markdown that model cards use, as plain values: headings, paragraphs, lists, tables. Anything else is text. */
export function cardBlocks(text: string): CardBlock[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n|\n(?=#)|(?<=^#.*)\n/m)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(blockOf)
}

function blockOf(part: string): CardBlock {
  const lines = part.split('\n')
  const heading = /^(#{1,6})\s+(.*)$/.exec(part)
  if (heading && lines.length === 1) return { kind: 'heading', level: heading[1]?.length ?? 1, text: plain(heading[2] ?? '') }
  if (lines.every((line) => /^\s*[-*]\s+|^\s{2,}\S/.test(line))) return { kind: 'list', items: listItems(lines) }
  if (lines.every((line) => line.trim().startsWith('|'))) return { kind: 'table', rows: tableRows(lines) }
  return { kind: 'paragraph', text: plain(lines.join(' ')) }
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

function plain(text: string): string {
  return text.replaceAll(/\*\*|`/g, '')
}
