import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { FileOpening } from '../../src-shared/contract/imports.ts'
import { containerTables } from './readContainer.ts'
import type { SourceCell } from './containers/sourceTable.ts'
import { openingBytes, openingText } from './openingBytes.ts'
import { isMeasured } from './table/cellNumber.ts'
import { cellsOf } from './table/cellsOf.ts'
import { encodingOf, isWide, withoutRemnants } from './textEncoding.ts'

const searchedLines = 300
const linesBelow = 6
const longestCell = 60
const mostCells = 200

type Line = FileOpening['lines'][number]

/**
 * The first lines of a file as they stand, cut into cells: as stated, else as it looks. For whoever must say what the
 * columns are, even where the file cannot be read. Throws what a file that holds neither text nor sheets is refused with.
 */
export async function fileOpening(path: string, stated: TableMapping = {}): Promise<FileOpening> {
  const { source, container, compressed } = await openingBytes(path)
  if (container === null) return textOpening(await openingText({ source, compressed }), stated)
  const tables = await containerTables(container, await source.whole())
  const longest = tables.reduce((best, next) => (next.rows.length > best.rows.length ? next : best))
  const table = tables.find(({ name }) => name === stated.sheet) ?? longest
  const lines = table.rows.slice(0, searchedLines).map((cells, i) => ({ line: i + 1, cells: shown(cells) }))
  return {
    ...{ encoding: 'utf-8', delimiter: '', sheets: tables.map(({ name }) => name), sheet: table.name },
    ...aroundHeadings(lines, stated),
  }
}

function textOpening(bytes: Uint8Array, stated: TableMapping): FileOpening {
  const cleaned = isWide(bytes) ? bytes : withoutRemnants(Buffer.from(bytes))
  const encoding = stated.encoding ?? encodingOf(cleaned)
  const whole = new TextDecoder(encoding).decode(cleaned).split(/\r?\n/)
  const numbered = whole
    .slice(0, searchedLines)
    .map((text, i) => ({ line: i + 1, text }))
    .filter(({ text }) => text.trim() !== '')
  const delimiter = stated.delimiter ?? likelyDelimiter(numbered.map(({ text }) => text))
  const lines = numbered.map(({ line, text }) => ({ line, cells: shown(cellsOf(text, delimiter)) }))
  return { encoding, delimiter, sheets: [], sheet: null, ...aroundHeadings(lines, stated) }
}

function shown(cells: readonly SourceCell[]): string[] {
  return cells.slice(0, mostCells).map((cell) => {
    const text = cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : String(cell ?? '')
    return text.trim().slice(0, longestCell)
  })
}

/** Numbers with decimal commas between blanks. */
const commaNumbers = /^\s*[-+]?\d+(,\d+)?(\s+[-+]?\d+(,\d+)?){2,}\s*$/

/** The sign that cuts the last lines into most cells; a comma only where no other sign does, for it may be a decimal's. */
function likelyDelimiter(lines: readonly string[]): string {
  const tail = lines.slice(-20)
  const cellsBy = (delimiter: string) => {
    const counts = tail.map((text) => cellsOf(text, delimiter).length).toSorted((a, b) => a - b)
    return counts[Math.floor(counts.length / 2)] ?? 0
  }
  const isBlankDivided = tail.length > 0 && tail.slice(-3).every((text) => commaNumbers.test(text))
  const signs = isBlankDivided ? [';', '\t', ' '] : [';', '\t', ',', ' ']
  return signs.find((delimiter) => cellsBy(delimiter) >= 3) ?? ','
}

function aroundHeadings(
  lines: readonly Line[],
  { headingLine: stated }: TableMapping,
): Pick<FileOpening, 'headingLine' | 'lines'> {
  const headingLine = stated === undefined ? likelyHeading(lines) : stated
  const below = lines.filter(({ line }) => line > (headingLine ?? 0)).slice(0, linesBelow)
  const above = lines.filter(({ line }) => line <= (headingLine ?? 0))
  return { headingLine, lines: [...above, ...below] }
}

/** The line above the first row of numbers, where it has about as many cells. */
function likelyHeading(lines: readonly Line[]): number | null {
  const first = lines.findIndex(({ cells }) => isRow(cells))
  if (first < 0) return lines.at(0)?.line ?? null
  const { cells } = lines[first]
  const above = lines.slice(0, first).findLast((line) => line.cells.length * 2 > cells.length)
  return above?.line ?? null
}

function isRow(cells: readonly string[]): boolean {
  const filled = cells.filter((text) => text !== '')
  return filled.length >= 3 && filled.filter(isMeasured).length * 2 > filled.length
}
