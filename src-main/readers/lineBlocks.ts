import { isAscii } from 'node:buffer'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { LastLines } from './lastLines.ts'

export interface LineTaker {
  /** Takes a line that is not blank, without its line end. */
  readonly onLine: (text: string, number: number) => void
  /** Takes the line at `at` of a block of whole ASCII lines; answers where the next begins, or −1 to get it by `onLine`. */
  readonly onPlain: (block: Buffer, at: number, number: number) => number
}

interface BlocksRead {
  readonly endsOpen: boolean
  readonly last: LastLines
}

export interface LineBlocks {
  push(chunk: Buffer): void
  /** Leaves what follows the last line end; more would have come. */
  stop(): BlocksRead
  /** Hands on what follows the last line end; `endsOpen` where that was anything. */
  end(): BlocksRead
}

const longestLine = 1 << 24
const lineFeed = 0x0a

/**
 * Cuts a stream of bytes into blocks of whole lines, LF or CRLF, and hands on every line that is not blank, numbered from
 * 1. Lines become text only where they must: a block of ASCII is offered as it stands. Throws `not-text`.
 */
export function lineBlocks(encoding: string, taker: LineTaker): LineBlocks {
  const lines = blockLines(encoding.startsWith('utf-16') ? 'utf-8' : encoding, taker)
  const wide = encoding.startsWith('utf-16') ? new TextDecoder(encoding, { fatal: true }) : null
  let rest: Buffer = Buffer.alloc(0)
  const add = (bytes: Buffer) => {
    const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const end = joined.lastIndexOf(lineFeed) + 1
    if (end > 0) lines.take(joined.subarray(0, end))
    rest = joined.subarray(end)
    if (rest.length > longestLine) throw endlessLine(lines.count() + 1)
  }
  const narrow = (chunk?: Buffer) =>
    wide === null ? (chunk ?? Buffer.alloc(0)) : Buffer.from(decoded(wide, lines.count() + 1, chunk))
  return {
    push: (chunk) => {
      add(narrow(chunk))
    },
    stop: () => ({ endsOpen: false, last: lines.last() }),
    end() {
      add(narrow())
      const endsOpen = rest.length > 0
      if (endsOpen) lines.take(rest)
      return { endsOpen, last: lines.last() }
    },
  }
}

function blockLines(encoding: string, { onLine, onPlain }: LineTaker) {
  let count = 0
  let last: LastLines = { before: '', last: '', at: 0 }
  const remember = (text: string, at: number) => (last = { before: last.last, last: text, at })
  /** True where the line is not blank. */
  const line = (ended: string): boolean => {
    count++
    const text = withoutReturn(ended)
    if (text.trim() === '') return false
    onLine(text, count)
    return true
  }
  const asciiLines = (block: Buffer) => {
    const starts = [-1, -1]
    let lastCount = 0
    for (let at = 0; at < block.length;) {
      const plain = onPlain(block, at, count + 1)
      const next = plain > at ? plain : endOfLine(block, at) + 1
      if (plain > at) count++
      if (plain > at || line(block.toString('latin1', at, next - 1))) {
        starts[0] = starts[1]
        starts[1] = at
        lastCount = count
      }
      at = next
    }
    for (const at of starts)
      if (at >= 0) remember(withoutReturn(block.toString('latin1', at, endOfLine(block, at))), lastCount)
  }
  return {
    take(block: Buffer): void {
      if (isAscii(block) && !block.includes(0)) asciiLines(block)
      else {
        const text = decoded(new TextDecoder(encoding, { fatal: true }), count + 1, block)
        for (const one of text.replace(/\n$/, '').split('\n'))
          if (line(one)) remember(withoutReturn(one), count)
      }
    },
    count: () => count,
    last: () => last,
  }
}

function endOfLine(block: Buffer, at: number): number {
  const end = block.indexOf(lineFeed, at)
  return end < 0 ? block.length : end
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

/** How many lines end before the first byte that is no text; a line feed is never part of another letter, but in UTF-16. */
function linesBefore(encoding: string, bytes: Buffer): number {
  if (encoding.startsWith('utf-16')) {
    const text = new TextDecoder(encoding).decode(bytes)
    return text.slice(0, Math.max(0, text.search(/[\0\uFFFD]/))).split('\n').length - 1
  }
  let lines = 0
  for (let at = 0; at < bytes.length; lines++) {
    const end = endOfLine(bytes, at) + 1
    if (!isText(encoding, bytes.subarray(at, end))) break
    at = end
  }
  return lines
}

function isText(encoding: string, bytes: Buffer): boolean {
  try {
    return !new TextDecoder(encoding, { fatal: true }).decode(bytes).includes('\0')
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Without bytes, the end of what came before. */
function decoded(decoder: InstanceType<typeof TextDecoder>, line: number, bytes?: Buffer): string {
  const stream = bytes !== undefined && decoder.encoding.startsWith('utf-16')
  try {
    const text = decoder.decode(bytes, { stream })
    if (!text.includes('\0')) return text
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  throw new Failure('refused', 'not-text', `The file is not text in ${decoder.encoding}.`, {
    advice: 'Export the measurement as csv, encoded in UTF-8, or state its encoding in a mapping.',
    line: line + (bytes === undefined ? 0 : linesBefore(decoder.encoding, bytes)),
  })
}

function endlessLine(line: number): Failure {
  return new Failure('refused', 'not-text', `Line ${line} does not end within 16 million characters.`, {
    advice: 'Export the measurement as csv with one row per line.',
    line,
  })
}
