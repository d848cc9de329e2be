import { parseHeading } from '../columns.ts'
import type { FileContext, LineSink } from '../lineSink.ts'
import { splitQuoted } from '../splitQuoted.ts'
import { bitrodeNames } from './bitrode.ts'
import { tableSink, type RowSink } from './readTable.ts'

const longestPreamble = 300

/** Looks for the heading of a cycler's export below any preamble; `otherwise` is thrown where there is none. */
export function cyclerText(firstLine: string, otherwise: unknown, { onRow, repairs }: FileContext): LineSink {
  let sink: RowSink | null = null
  let delimiter = ','
  let skipped = 0
  const look = (text: string, number: number) => {
    const heading = parseHeading(text)
    delimiter = heading.delimiter
    const known = bitrodeNames(heading.names)
    if (known !== null) {
      sink = tableSink(known, { delimiter, format: 'bitrode', onRow, repairs })
      sink?.row(heading.names, number)
      return
    }
    sink = tableSink(heading.names, { delimiter, onRow, repairs })
    if (sink === null && ++skipped > longestPreamble) throw otherwise
  }
  look(firstLine, 1)
  return {
    line(text, number) {
      if (sink === null) look(text, number)
      else if (!sink.plain(text, number))
        sink.row(text.includes('"') ? (splitQuoted(text, delimiter) ?? []) : text.split(delimiter), number)
    },
    end() {
      if (sink === null) throw otherwise
      return sink.end()
    },
  }
}
