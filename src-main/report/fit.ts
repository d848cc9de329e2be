import type { Typeface } from './typeface.ts'

export interface Room {
  readonly face: Typeface
  /** pt */
  readonly size: number
  /** pt */
  readonly width: number
  /** Most lines the text may take; what is beyond ends in `…`. */
  readonly lines: number
}

/**
 * A text broken into lines that fit, so that no block of the page can grow beyond its place. Characters the font lacks
 * become □; a number stays with its unit; a word longer than a line is broken.
 */
export function fit(text: string, room: Room): string {
  const lines = breakLines(printable(text, room.face), room)
  if (lines.length <= room.lines) return lines.join('\n')
  const kept = lines.slice(0, room.lines)
  const last = kept.pop() ?? ''
  return [...kept, shorten(last, room)].join('\n')
}

/** One line of white space for any; □ for what the font cannot draw, lone surrogates and controls included. */
export function printable(text: string, face: Typeface): string {
  const collapsed = text.replace(/\s+/gu, ' ').trim()
  const drawn = Array.from(collapsed, (character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return codePoint >= 0x20 && face.covers(codePoint) ? character : '□'
  })
  return drawn
    .join('')
    .replace(/(\d) (?=(?:Ah|C|V|A|h|s|min|%|°C|cycles?)(?![\p{L}\d]))/gu, '$1\u00A0')
    .replace(/(P\d0) (?=\d)/g, '$1\u00A0')
}

function breakLines(text: string, { face, size, width }: Room): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => pieces(one, { face, size, width }))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (face.width(longer) * size <= width) line = longer
    else {
      if (line !== '') lines.push(line)
      line = word
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** A word in pieces no wider than a line. */
function pieces(word: string, { face, size, width }: Pick<Room, 'face' | 'size' | 'width'>): string[] {
  if (face.width(word) * size <= width) return [word]
  const found: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && face.width(piece + character) * size > width) {
      found.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...found, piece]
}

function shorten(line: string, { face, size, width }: Room): string {
  const characters = Array.from(line)
  while (characters.length > 0 && face.width(`${characters.join('')}…`) * size > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
