import { type PdfObjects, readObjects, referencesOf } from './pdfObjects.ts'

/**
 * Parts of a report in which a file is not the printed one, by name: `page 2`, `report.json`, `fonts`. Empty only where
 * every byte is the same.
 *
 * `printed` is a PDF as this program writes it; `file` may be anything.
 */
export function differingParts(file: Uint8Array, printed: Uint8Array): string[] {
  if (Buffer.compare(file, printed) === 0) return []
  const wanted = readObjects(printed)
  if (wanted === null) throw new Error('The printed report has no cross-reference table.')
  const names = partNames(wanted)
  const found = readObjects(file)
  const parts = new Set<string>()
  for (const [id, object] of wanted) {
    if (found !== null && !sameBytes(found.get(id), object)) parts.add(names.get(id) ?? structure)
  }
  if (parts.size > 0 && parts.size < 4) return [...parts]
  return [...partsOfRange(differingRange(file, printed), { printed, wanted, names })]
}

const structure = 'structure of the file'

function sameBytes(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0
}

/** First and last byte of the printed file that the other does not share, from either end. */
function differingRange(file: Uint8Array, printed: Uint8Array): [number, number] {
  const shorter = Math.min(file.length, printed.length)
  let from = 0
  while (from < shorter && file[from] === printed[from]) from++
  let shared = 0
  while (shared < shorter - from && file[file.length - 1 - shared] === printed[printed.length - 1 - shared])
    shared++
  return [from, printed.length - shared]
}

function partsOfRange(
  [from, to]: [number, number],
  { printed, wanted, names }: { printed: Uint8Array; wanted: PdfObjects; names: ReadonlyMap<number, string> },
): Set<string> {
  const parts = new Set<string>()
  for (const [id, object] of wanted) {
    const start = object.byteOffset - printed.byteOffset
    if (start < to && start + object.length > from) parts.add(names.get(id) ?? structure)
  }
  return parts.size === 0 ? new Set([structure]) : parts
}

/** What each object belongs to. What several pages share, such as fonts, comes before the pages. */
function partNames(objects: PdfObjects): Map<number, string> {
  const names = new Map<number, string>()
  const claim = (id: number, name: string): void => {
    if (names.has(id)) return
    names.set(id, name)
    for (const next of referencesOf(objects.get(id))) claim(next, name)
  }
  const texts = [...objects].map(([id, bytes]) => ({ id, text: headOf(bytes) }))
  for (const { id, text } of texts) {
    if (/\/Type \/(Catalog|Pages)\b/.test(text) || text.includes('/EmbeddedFiles')) names.set(id, structure)
    const attached = /\/Type \/Filespec[\s\S]*\/F \(([\w.]+)\)\n\/EF/.exec(text)
    if (attached !== null) claim(id, attached[1])
    if (/\/Type \/Font\b/.test(text)) claim(id, 'fonts')
    if (text.includes('/Type /Metadata') || text.includes('\n/Producer ')) claim(id, 'document information')
    if (text.includes('/Title (')) names.set(id, 'bookmarks')
  }
  pagesOf(texts).forEach((id, i) => {
    claim(id, `page ${i + 1}`)
  })
  return names
}

function pagesOf(texts: readonly { id: number; text: string }[]): number[] {
  const root = texts.find(({ text }) => /\/Type \/Pages\b/.test(text))?.text ?? ''
  const kids = /\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? ''
  return Array.from(kids.matchAll(/(\d+) 0 R/g), ([, id]) => Number(id))
}

function headOf(object: Uint8Array): string {
  return Buffer.from(object.buffer, object.byteOffset, Math.min(object.length, 4096)).toString('latin1')
}
