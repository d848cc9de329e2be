import type { Finding } from '../../src-shared/cell/finding.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { RecordContent } from './readResult.ts'

/** The last two lines of a file that are not blank. */
export interface LastLines {
  readonly before: string
  readonly last: string
  /** Number of the last one. */
  readonly at: number
}

/**
 * Of a file whose last line has no line end: refuses a row of fewer fields than the one before as `truncated`, and notes
 * a shorter last field: a cut number is a number still.
 */
export function checkedEnd(content: RecordContent, { before, last, at }: LastLines): RecordContent {
  if (content.rows === 1) return withNote(content, at)
  const [fields, earlier] = [last, before].map((text) => text.split(content.delimiter))
  if (content.traces === null || !isAlike(fields[0], earlier[0])) return content
  if (fields.length < earlier.length) throw cutRow(fields.length, earlier.length, at)
  const isShorter = (fields.at(-1) ?? '').length < (earlier.at(-1) ?? '').length
  return isShorter ? withNote(content, at) : content
}

/** A footer begins otherwise than a row. */
function isAlike(one: string, other: string): boolean {
  return one === other || [one, other].every((text) => /^\s*"?[-+.]?\d/.test(text))
}

function cutRow(found: number, expected: number, line: number): Failure {
  return new Failure('refused', 'truncated', `Line ${line} is cut short.`, {
    advice: `The row before it has ${expected} columns; copy or export the file again.`,
    line,
    found: `${found} columns`,
  })
}

function withNote(content: RecordContent, line: number): RecordContent {
  const note: Finding = {
    code: 'last-row-open',
    isNote: true,
    line,
    message: `Line ${line}, the last, has no line end and may be cut short.`,
    proposal: 'Compare the size of the file with that of the original, or copy it again.',
  }
  return { ...content, findings: [...content.findings, note] }
}
