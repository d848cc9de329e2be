import { Failure } from '../../src-shared/failure/failure.ts'

export interface LineSplitter {
  push(text: string): void
  /** Hands on what follows the last line end; true where that was anything. */
  end(): boolean
  /** Lines seen so far, blank ones included. */
  count(): number
}

const longestLine = 1 << 24
const space = 0x20

/** Cuts a stream of text at LF or CRLF and hands on every line that is not blank, numbered from 1. */
export function lineSplitter(onLine: (text: string, number: number) => void): LineSplitter {
  let rest = ''
  let count = 0
  function emit(line: string) {
    count++
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    if (text.charCodeAt(0) > space || text.trim() !== '') onLine(text, count)
  }
  return {
    push(text) {
      const joined = rest + text
      let start = 0
      for (let end = joined.indexOf('\n'); end >= 0; end = joined.indexOf('\n', start)) {
        emit(joined.slice(start, end))
        start = end + 1
      }
      rest = joined.slice(start)
      if (rest.length > longestLine) throw endlessLine(count + 1)
    },
    end() {
      if (rest !== '') emit(rest)
      return rest !== ''
    },
    count: () => count,
  }
}

function endlessLine(line: number): Failure {
  return new Failure('refused', 'not-text', `Line ${line} does not end within 16 million characters.`, {
    advice: 'Export the measurement as csv with one row per line.',
    line,
  })
}
