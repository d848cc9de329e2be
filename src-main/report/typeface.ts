/** What a TrueType file says about its characters. */
export interface Typeface {
  /** True when the font can draw the code point. */
  covers(codePoint: number): boolean
  /** Most that a text advances at size 1; unknown characters count as missing glyphs. */
  width(text: string): number
}

/** Ranges of code points with consecutive glyphs: [first, last, glyph of the first], sorted. */
type GlyphRange = readonly [number, number, number]

/**
 * Reads the tables `cmap` (format 12, else 4), `hhea`, `hmtx` and `head` of a TrueType font (OpenType 1.9). Kerning is left out:
 * a text is at most a little narrower than said.
 */
export function readTypeface(bytes: Uint8Array): Typeface {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ranges = readCharacterMap(view, tableAt(view, 'cmap'))
  const unitsPerEm = view.getUint16(tableAt(view, 'head') + 18)
  const metrics = view.getUint16(tableAt(view, 'hhea') + 34)
  const advances = tableAt(view, 'hmtx')
  return {
    covers: (codePoint) => glyphOf(ranges, codePoint) !== 0,
    width: (text) => {
      let sum = 0
      for (const character of text) {
        const glyph = glyphOf(ranges, character.codePointAt(0) ?? 0)
        const advance = view.getUint16(advances + 4 * Math.min(glyph, metrics - 1))
        sum += isJoined(character) ? widestForm * advance : advance
      }
      return sum / unitsPerEm
    },
  }
}

/** An Arabic letter joined to others is up to this much wider than alone (ڈ at a word's end in DejaVu Sans Bold). */
const widestForm = 1.3

function isJoined(character: string): boolean {
  return character > '\u0600' && /\p{Script=Arabic}/u.test(character)
}

/** Where a table begins. */
export function tableAt(view: DataView, tag: string): number {
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + 16 * i
    const found = [0, 1, 2, 3].map((j) => String.fromCharCode(view.getUint8(entry + j))).join('')
    if (found === tag) return view.getUint32(entry + 8)
  }
  throw new Error(`The font has no table ${tag}.`)
}

function readCharacterMap(view: DataView, cmap: number): GlyphRange[] {
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => {
    const at = cmap + view.getUint32(cmap + 8 + 8 * i)
    return { at, format: view.getUint16(at) }
  })
  const whole = subtables.find(({ format }) => format === 12)
  if (whole !== undefined) return readGroups(view, whole.at)
  const basic = subtables.find(({ format }) => format === 4)
  if (basic !== undefined) return readSegments(view, basic.at)
  throw new Error('The font has no character map of format 12 or 4.')
}

/** Format 12. */
function readGroups(view: DataView, subtable: number): GlyphRange[] {
  const count = view.getUint32(subtable + 12)
  return Array.from({ length: count }, (_, i) => {
    const group = subtable + 16 + 12 * i
    return [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)] as const
  })
}

/** Format 4: ends, a gap, starts, deltas, offsets into an array of glyphs; a character of its own is a range of one. */
function readSegments(view: DataView, subtable: number): GlyphRange[] {
  const bytes = view.getUint16(subtable + 6)
  const [ends, starts] = [subtable + 14, subtable + 16 + bytes]
  return Array.from({ length: bytes / 2 }, (_, i) => {
    const [first, last] = [view.getUint16(starts + 2 * i), view.getUint16(ends + 2 * i)]
    const delta = view.getUint16(starts + bytes + 2 * i)
    const place = starts + 2 * bytes + 2 * i
    const offset = view.getUint16(place)
    return Array.from({ length: last - first + 1 }, (__, j): GlyphRange => {
      const glyph = offset === 0 ? first + j : view.getUint16(place + offset + 2 * j)
      return [first + j, first + j, glyph === 0 ? 0 : (glyph + delta) & 0xffff]
    }).filter(([character, , glyph]) => glyph !== 0 && character !== 0xffff)
  }).flat()
}

/** Glyph 0 is the missing one. */
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
