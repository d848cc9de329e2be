/** Characters at the end that stay in sight. */
const kept = 6
const fromRightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/
const segmenter = new Intl.Segmenter('en')

/** What may be cut and what stays, never between a letter and its mark; names from right to left stay in one piece. */
export function nameParts(name: string): { head: string; tail: string } {
  if (name.length <= 2 * kept || fromRightToLeft.test(name)) return { head: name, tail: '' }
  const letters = [...segmenter.segment(name)].map(({ segment }) => segment)
  const tail = letters.slice(-kept).join('')
  return { head: name.slice(0, name.length - tail.length), tail }
}
