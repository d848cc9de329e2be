/** What of the bidirectional classes matters here; separators and controls are gone before. */
type Class = 'L' | 'R' | 'AL' | 'EN' | 'ES' | 'ET' | 'AN' | 'CS' | 'NSM' | 'ON'

export type Direction = 'left-to-right' | 'right-to-left'

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Nko}]/u
const arabic = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

/** True where a text holds a letter that is read from right to left. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text) || arabic.test(text)
}

/** The direction of the first letter that has one (Unicode Standard Annex 9, P2 and P3). */
export function directionOf(text: string): Direction {
  for (const character of text) {
    const found = classOf(character)
    if (found === 'R' || found === 'AL') return 'right-to-left'
    if (found === 'L') return 'left-to-right'
  }
  return 'left-to-right'
}

/** Draws nothing and counts as a letter that is read from left to right. */
export const leftToRightMark = '\u200E'

/** A name inside a sentence of this program: whatever its script, the words around it stay in their order. */
export function named(name: string): string {
  return isRightToLeft(name) ? `${leftToRightMark}${name}${leftToRightMark}` : name
}

/**
 * Embedding level of every character of a line: odd ones are read from right to left.
 *
 * The implicit part of Unicode Standard Annex 9 (W1 … W7, N0 … N2, I1, I2); explicit marks are taken out before.
 */
export function embeddingLevels(characters: readonly string[], direction: Direction): number[] {
  const base = direction === 'left-to-right' ? 0 : 1
  const own = base === 0 ? 'L' : 'R'
  const classes = characters.map(classOf)
  resolveWeak(classes, own)
  resolveBrackets(characters, classes, own)
  resolveNeutral(classes, own)
  return classes.map((found) => {
    if (base === 0) return found === 'R' ? 1 : found === 'L' ? 0 : 2
    return found === 'R' ? 1 : 2
  })
}

/** Places of runs in the order they stand on paper, from left to right (L2). */
export function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, i) => i)
  for (let level = Math.max(0, ...levels); level > 0; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from
      while (to < order.length && levels[order[to]] >= level) to++
      order.splice(from, to - from, ...order.slice(from, to).reverse())
      from = Math.max(from, to - 1)
    }
  }
  return order
}

const mirrors = '()[]{}<>«»‹›≤≥'

/** The bracket that stands in its place where the line runs the other way. */
export function mirrored(character: string): string {
  const at = mirrors.indexOf(character)
  return at === -1 ? character : mirrors[at ^ 1]
}

function classOf(character: string): Class {
  if (character === leftToRightMark) return 'L'
  if (/[0-9²³¹⁰-⁹₀-₉]/u.test(character)) return 'EN'
  if (/[\u0660-\u0669\u066B\u066C]/u.test(character)) return 'AN'
  if (/[\p{Mn}\p{Me}]/u.test(character)) return 'NSM'
  if (/[+\-−]/u.test(character)) return 'ES'
  if (/[#%‰°±′″\u066A\p{Sc}]/u.test(character)) return 'ET'
  if (/[,./:\u00A0]/u.test(character)) return 'CS'
  if (!/[\p{L}\p{Mc}\p{Nl}]/u.test(character)) return 'ON'
  if (arabic.test(character)) return 'AL'
  return rightToLeft.test(character) ? 'R' : 'L'
}

function resolveWeak(classes: Class[], own: 'L' | 'R'): void {
  nameMarksAndArabicNumbers(classes, own)
  joinNumbers(classes)
  spreadTerminators(classes)
  nameLatinNumbers(classes, own)
}

/** W1, W2. */
function nameMarksAndArabicNumbers(classes: Class[], own: 'L' | 'R'): void {
  let strong: Class = own
  for (const [i, found] of classes.entries()) {
    if (found === 'NSM') classes[i] = i === 0 ? own : classes[i - 1]
    else if (found === 'EN' && strong === 'AL') classes[i] = 'AN'
    else if (isLetter(found)) strong = found
  }
}

/** A single separator between two numbers is part of them (W3, W4). */
function joinNumbers(classes: Class[]): void {
  for (const [i, found] of classes.entries()) {
    if (found === 'AL') classes[i] = 'R'
    if (i === 0 || (found !== 'ES' && found !== 'CS')) continue
    const [before, after] = [classes[i - 1], classes.at(i + 1)]
    const isNumber = before === 'EN' || (before === 'AN' && found === 'CS')
    if (isNumber && before === after) classes[i] = before
  }
}

/** W6, W7. */
function nameLatinNumbers(classes: Class[], own: 'L' | 'R'): void {
  let strong: Class = own
  for (const [i, found] of classes.entries()) {
    if (found === 'ES' || found === 'CS' || found === 'ET') classes[i] = 'ON'
    else if (found === 'EN' && strong === 'L') classes[i] = 'L'
    else if (isLetter(found)) strong = found
  }
}

function isLetter(found: Class): boolean {
  return found === 'L' || found === 'R' || found === 'AL'
}

/** A sign beside a number is part of it (W5). */
function spreadTerminators(classes: Class[]): void {
  for (const step of [1, -1]) {
    for (let i = step === 1 ? 1 : classes.length - 2; classes.at(i) !== undefined && i >= 0; i += step) {
      if (classes[i] === 'ET' && classes[i - step] === 'EN') classes[i] = 'EN'
    }
  }
}

/** Both brackets of a pair go the way of what they hold (N0). */
function resolveBrackets(characters: readonly string[], classes: Class[], own: 'L' | 'R'): void {
  for (const [from, to] of bracketPairs(characters)) {
    const inside = new Set(classes.slice(from + 1, to).map(sideOf))
    const before =
      classes
        .slice(0, from)
        .map(sideOf)
        .findLast((side) => side !== null) ?? own
    const other = own === 'L' ? 'R' : 'L'
    if (!inside.has('L') && !inside.has('R')) continue
    const side = inside.has(own) || before === own ? own : other
    classes[from] = side
    classes[to] = side
  }
}

function bracketPairs(characters: readonly string[]): [number, number][] {
  const open: number[] = []
  const pairs: [number, number][] = []
  for (const [i, character] of characters.entries()) {
    if ('([{'.includes(character)) open.push(i)
    if (!')]}'.includes(character)) continue
    const at = open.findLastIndex((from) => mirrored(characters[from]) === character)
    if (at === -1) continue
    pairs.push([open[at], i])
    open.splice(at)
  }
  return pairs.toSorted(([a], [b]) => a - b)
}

/** Spaces and signs go the way of both their neighbours, else of the line (N1, N2). */
function resolveNeutral(classes: Class[], own: 'L' | 'R'): void {
  for (let from = 0; from < classes.length; from++) {
    if (classes[from] !== 'ON') continue
    let to = from
    while (to < classes.length && classes[to] === 'ON') to++
    const before = (from === 0 ? null : sideOf(classes[from - 1])) ?? own
    const after = (to === classes.length ? null : sideOf(classes[to])) ?? own
    classes.fill(before === after ? before : own, from, to)
    from = to - 1
  }
}

/** Numbers count as read from right to left among neutrals. */
function sideOf(found: Class): 'L' | 'R' | null {
  if (found === 'L') return 'L'
  return found === 'ON' ? null : 'R'
}
