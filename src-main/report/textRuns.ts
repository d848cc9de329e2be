import {
  type Direction,
  embeddingLevels,
  isRightToLeft,
  leftToRightMark,
  mirrored,
  visualOrder,
} from './bidi.ts'
import { type Face, fontFamily } from './fonts.ts'
import type { TextRun } from './paperNode.ts'

interface Run {
  readonly text: string
  readonly family: string
  readonly level: number
  /** Hebrew letters and Arabic ones are shaped apart. */
  readonly script: string
}

/** True where the first typeface alone draws the text, from left to right. */
export function isPlain(text: string, face: Face): boolean {
  if (isRightToLeft(text)) return false
  return Array.from(text).every((character) => familyOf(character, face) === fontFamily)
}

/**
 * One line as pdfmake has to draw it, from left to right: each run in the one typeface that has all of it, read in one
 * direction. What is read from right to left stays in its own order, which the font turns and joins.
 */
export function textRuns(line: string, face: Face, direction: Direction): TextRun[] {
  const runs = logicalRuns(line, face, direction)
  return visualOrder(runs.map(({ level }) => level))
    .map((i) => drawn(runs[i]))
    .filter(({ text }) => text !== '')
}

function logicalRuns(line: string, face: Face, direction: Direction): Run[] {
  const characters = Array.from(line)
  const levels = embeddingLevels(characters, direction)
  const runs: Run[] = []
  for (const [i, character] of characters.entries()) {
    const level = levels[i]
    const own = level % 2 === 0 ? '' : scriptOf(character)
    const last = runs.at(-1)
    const family = character === ' ' && last !== undefined ? last.family : familyOf(character, face)
    const isAlike = last?.family === family && last.level === level
    if (isAlike && (own === '' || last.script === '' || own === last.script)) {
      runs[runs.length - 1] = { ...last, text: last.text + character, script: own === '' ? last.script : own }
    } else runs.push({ text: character, family, level, script: own })
  }
  return runs
}

function drawn({ text: marked, family, level, script }: Run): TextRun {
  const text = marked.replaceAll(leftToRightMark, '')
  const font = family === fontFamily ? {} : { font: family }
  if (level % 2 === 0) return { text, ...font }
  const turned = Array.from(text, mirrored)
  // The font turns only what holds letters of such a script, and words apart unless asked for features.
  if (script === '') return { text: turned.toReversed().join(''), ...font }
  return { text: turned.join(''), ...font, fontFeatures: [] }
}

function scriptOf(character: string): string {
  if (!isRightToLeft(character)) return ''
  return /\p{Script=Hebrew}/u.test(character) ? 'h' : 'a'
}

function familyOf(character: string, face: Face): string {
  return face.familyOf(character.codePointAt(0) ?? 0) ?? fontFamily
}
