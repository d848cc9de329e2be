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
 * A text broken into lines that fit, so that no block of the page can grow beyond its place. Characters the fonts lack
 * become □; a number stays with its unit; a word longer than a line is broken.
 */
export function fit(text: string, room: Room): string {
  const lines = breakLines(printable(text, room.face), room)
  if (lines.length <= room.lines) return lines.join('\n')
  const kept = lines.slice(0, room.lines)
  const last = kept.pop() ?? ''
  return [...kept, shorten(last, room)].join('\n')
}

/**
 * One line of white space for any; □ for what no typeface can draw, lone surrogates and controls included. Marks that
 * draw nothing and only turn the order of what is read are left out: an override could hide what a name says.
 */
export function printable(text: string, face: Typeface): string {
  const drawn = Array.from(collapsed(text), (character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return codePoint >= 0x20 && face.covers(codePoint) ? character : '□'
  })
  return drawn
    .join('')
    .replace(/(\d) (?=(?:Ah|Wh|C|V|A|h|s|min|%|°C|cycles?)(?![\p{L}\d]))/gu, '$1\u00A0')
    .replace(/(P\d0) (?=\d)/g, '$1\u00A0')
}

/** False where `printable` puts a □; JSON writes controls and lone surrogates as escapes. */
export function isDrawable(json: string, face: Typeface): boolean {
  if (/\\u[0-9a-f]{4}/.test(json)) return false
  const unusual = new Set(collapsed(json).match(/[^ -~]/gu))
  return [...unusual].every((character) => face.covers(character.codePointAt(0) ?? 0))
}

/** A text in one line, without the marks that draw nothing. */
export function collapsed(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00AD\u200B\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

function breakLines(text: string, { face, size, width }: Room): string[] {
  const lines: string[] = []
  let line = ''
  for (const { text: unit, gap } of units(text, { face, size, width })) {
    const longer = line === '' ? unit : `${line}${gap}${unit}`
    if (face.width(longer) * size <= width) line = longer
    else {
      if (line !== '') lines.push(line)
      line = unit
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** A Chinese or Japanese character with the signs that may not begin a line, or anything up to the next one. */
const breakable =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][、。，．：；！？）］｝」』】》〉ー々…]*)|(?:[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+)/gu

/** What stays on one line, each with what parts it from the one before. */
function units(text: string, room: Pick<Room, 'face' | 'size' | 'width'>): { text: string; gap: string }[] {
  return text.split(' ').flatMap((word) => {
    const parts = (word.match(breakable) ?? [word]).flatMap((part) => pieces(part, room))
    return parts.map((part, i) => ({ text: part, gap: i === 0 ? ' ' : '' }))
  })
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
