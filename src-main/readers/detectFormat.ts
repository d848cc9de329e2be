import { Failure } from '../../src-shared/failure/failure.ts'
import { hasColumns, parseHeading, type Heading } from './columns.ts'
import type { FileContext, LineSink } from './lineSink.ts'
import { lsdColumns, readPerCycleLsd } from './readPerCycleLsd.ts'
import { readPerCycleTpsl, tpslColumns } from './readPerCycleTpsl.ts'
import { readPerCycleUl, ulColumns } from './readPerCycleUl.ts'
import { cyclerText } from './table/cyclerText.ts'
import { rawColumns, readRawEclab } from './readRawEclab.ts'

interface KnownFormat {
  readonly columns: readonly string[]
  readonly read: (heading: Heading, context: FileContext) => LineSink
}

// The more demanding layout first: every LSD file would pass for UL.
const knownFormats: readonly KnownFormat[] = [
  { columns: rawColumns, read: readRawEclab },
  { columns: lsdColumns, read: readPerCycleLsd },
  { columns: ulColumns, read: readPerCycleUl },
  { columns: tpslColumns, read: readPerCycleTpsl },
]

/**
 * Chooses the reader by the heading alone, never by the file's name; of any other file, and by any stated mapping, the
 * first table of a cycler.
 */
export function detectFormat(firstLine: string, context: FileContext): LineSink {
  if (firstLine.includes('\r')) throw oldLineEnds()
  const heading = parseHeading(firstLine)
  if (context.mapping !== undefined) return cyclerText(firstLine, unlikeAny(heading), context)
  const known = knownFormats.find(({ columns }) => hasColumns(heading, columns))
  if (known === undefined) return cyclerText(firstLine, unlikeAny(heading), context)
  requireOnce(heading, known.columns)
  return known.read(heading, context)
}

function oldLineEnds(): Failure {
  return new Failure('refused', 'line-ends', 'The lines end with a carriage return alone.', {
    advice: 'Save the file again with the line ends of Windows or Unix.',
    line: 1,
  })
}

/** Of two columns with one name nobody can tell which is meant. */
function requireOnce({ names }: Heading, columns: readonly string[]): void {
  const column = columns.find((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (column === undefined) return
  throw new Failure('refused', 'duplicate-column', `The heading has the column "${column}" twice.`, {
    advice: 'Remove or rename one of the two, then read the file again.',
    line: 1,
    column,
  })
}

function unlikeAny(heading: Heading): Failure {
  const found = heading.names.join(heading.delimiter).slice(0, 200)
  const [missing, known] = closest(heading)
  if (known * 2 > missing.length + known) {
    return new Failure('refused', 'missing-column', `The column "${missing[0]}" is missing.`, {
      advice: `Export the file again with ${missing.map((name) => `"${name}"`).join(', ')}.`,
      line: 1,
      column: missing[0],
      found,
    })
  }
  return new Failure('refused', 'unknown-format', 'The heading belongs to no known format.', {
    advice:
      'Say in a mapping which columns hold time, voltage and current, or export it with their names and units in the heading.',
    line: 1,
    found,
  })
}

/** The columns that the nearest layout misses, and how many it has. */
function closest(heading: Heading): [string[], number] {
  const candidates = knownFormats.map(({ columns }): [string[], number] => {
    const missing = columns.filter((name) => !heading.names.includes(name))
    return [missing, columns.length - missing.length]
  })
  return candidates.reduce((best, next) => (next[0].length < best[0].length ? next : best))
}
