/** What a TrueType file says about its characters. */
export interface Typeface {
  /** True when the font can draw the code point. */
  covers(codePoint: number): boolean
  /** Advance width of a text at size 1; unknown characters count as missing glyphs. */
  width(text: string): number
}

/** Ranges of code points with consecutive glyphs: [first, last, glyph of the first]. */
type GlyphRange = readonly [number, number, number]

/**
 * Reads the tables `cmap` (format 12), `hhea`, `hmtx` and `head` of a TrueType font (OpenType 1.9). Kerning is left out:
 * a text is at most a little narrower than said.
 */
export function readTypeface(bytes: Uint8Array): Typeface {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = readTables(view)
  const ranges = readCharacterMap(view, tableAt(tables, 'cmap'))
  const unitsPerEm = view.getUint16(tableAt(tables, 'head') + 18)
  const metrics = view.getUint16(tableAt(tables, 'hhea') + 34)
  const advances = tableAt(tables, 'hmtx')
  return {
    covers: (codePoint) => glyphOf(ranges, codePoint) !== 0,
    width: (text) => {
      let sum = 0
      for (const character of text) {
        const glyph = glyphOf(ranges, character.codePointAt(0) ?? 0)
        sum += view.getUint16(advances + 4 * Math.min(glyph, metrics - 1))
      }
      return sum / unitsPerEm
    },
  }
}

function readTables(view: DataView): Map<string, number> {
  const tables = new Map<string, number>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + 16 * i
    const tag = [0, 1, 2, 3].map((j) => String.fromCharCode(view.getUint8(entry + j))).join('')
    tables.set(tag, view.getUint32(entry + 8))
  }
  return tables
}

function tableAt(tables: ReadonlyMap<string, number>, tag: string): number {
  const at = tables.get(tag)
  if (at === undefined) throw new Error(`The font has no table ${tag}.`)
  return at
}

function readCharacterMap(view: DataView, cmap: number): GlyphRange[] {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const subtable = cmap + view.getUint32(cmap + 8 + 8 * i)
    if (view.getUint16(subtable) === 12) return readSegments(view, subtable)
  }
  throw new Error('The font has no character map of format 12.')
}

function readSegments(view: DataView, subtable: number): GlyphRange[] {
  const count = view.getUint32(subtable + 12)
  return Array.from({ length: count }, (_, i) => {
    const group = subtable + 16 + 12 * i
    return [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)] as const
  })
}

/** Glyph 0 is the missing one. Ranges are sorted, so the search halves them. */
function glyphOf(ranges: readonly GlyphRange[], codePoint: number): number {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last, glyph] = ranges[middle] ?? [0, 0, 0]
    if (codePoint < first) high = middle - 1
    else if (codePoint > last) low = middle + 1
    else return glyph + codePoint - first
  }
  return 0
}
