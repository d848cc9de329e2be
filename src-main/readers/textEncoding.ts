export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'gb18030'

/**
 * The encoding of a file that opens with these bytes. UTF-16 by its mark and the zeros beside ASCII; GB18030 where the
 * bytes are valid in it and hold a heading's words; windows-1252 where it writes the signs and letters that headings
 * need; else UTF-8.
 */
export function encodingOf(chunk: Uint8Array): TextEncoding {
  if (isWide(chunk)) return chunk[0] === 0xff ? 'utf-16le' : 'utf-16be'
  const high = chunk.filter((byte) => byte >= 0x80)
  if (high.length === 0) return 'utf-8'
  // µA is valid in GB18030 too, as one letter.
  if (high.every((byte) => signs.has(byte))) return 'windows-1252'
  if (decoded(chunk, 'utf-8') !== null) return 'utf-8'
  if (headingWords.test(decoded(chunk, 'gb18030') ?? '')) return 'gb18030'
  return high.every((byte) => signs.has(byte) || letters.has(byte)) ? 'windows-1252' : 'utf-8'
}

/** True for UTF-16, whose zeros are no remnants. */
export function isWide(chunk: Uint8Array): boolean {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return chunk[3] === 0
  return chunk[0] === 0xfe && chunk[1] === 0xff && chunk[2] === 0
}

/** µ ° ² ³ and the blank that doesn't break. */
const signs = new Set([0xb5, 0xb0, 0xb2, 0xb3, 0xa0])
/** Letters of Western names, Ö and Ü and é and their like, and ± · Ø ×. */
const letters = new Set(Buffer.from('ÄÖÜäöüßàâçèéêëîïôùûáíóúñÅåæøÆØ±·×', 'latin1'))

const headingWords = /电压|电流|时间|容量|循环|工步|℃/

function decoded(chunk: Uint8Array, encoding: TextEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(chunk, { stream: true })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const preamble_lines = 100

/**
 * Blanks what is left of memory in the fields of a preamble (Maccor pads them with NUL, control bytes and 0xFF), in the
 * first lines that begin with a letter; rows of numbers stay as they are.
 */
export function withoutRemnants(chunk: Buffer): Buffer {
  let line = 0
  let isWords = isLetter(chunk[0])
  let cleaned = chunk
  for (let i = 0; i < chunk.length && line < preamble_lines; i++) {
    if (chunk[i] === lineFeed) {
      line++
      isWords = isLetter(chunk[i + 1])
    } else if (isWords && isRemnant(chunk[i])) {
      if (cleaned === chunk) cleaned = Buffer.from(chunk)
      cleaned[i] = blank
    }
  }
  return cleaned
}

const lineFeed = 0x0a
const blank = 0x20

function isRemnant(byte: number): boolean {
  return byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0xff
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z]/.test(String.fromCharCode(byte))
}
