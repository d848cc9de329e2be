import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { SourceCell } from '../containers/sourceTable.ts'
import { cellText } from './cellNumber.ts'

/** Remembers lines of words among the rows: headings again, comments, footers. */
export function skippedLines(): { add(cells: readonly SourceCell[], line: number): void; end(): Finding[] } {
  let count = 0
  let first: { line: number; text: string } | null = null
  return {
    add(cells, line) {
      count++
      first ??= { line, text: cells.map(cellText).join(' ').trim().slice(0, 60) }
    },
    end() {
      if (first === null) return []
      const others = count === 1 ? '' : ` ${count} such lines in all.`
      return [
        {
          code: 'lines-skipped',
          isNote: true,
          line: first.line,
          message: `Line ${first.line} holds words, no measurement ("${first.text}"), and was left out.${others}`,
        },
      ]
    },
  }
}
