import { createHash } from 'node:crypto'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Container } from './containers/containerOf.ts'
import { measurementTable } from './containers/measurementTable.ts'
import type { SourceTable } from './containers/sourceTable.ts'
import { byTemplate, templateOfTables } from './recogniseTemplate.ts'
import type { FileIdentity, ReadOptions } from './readLines.ts'
import { recordFormats, type RecordContent, type RecordFormat } from './readResult.ts'
import type { FileSource } from './source/fileSource.ts'
import { readTable } from './table/readTable.ts'

/** A workbook or database of a cycler. Throws what the container's reader refuses, `too-large`, `no-time-series` or `unknown-format`. */
export async function readContainer(
  { source, container }: { source: FileSource; container: Container },
  { signal, onProgress, templates = [], ...given }: ReadOptions,
): Promise<{ identity: FileIdentity; content: RecordContent }> {
  if (source.size > largest_bytes) throw tooLarge(source.size)
  const bytes = await source.whole(signal)
  onProgress?.(1)
  const tables = await containerTables(container, bytes)
  const template = given.mapping === undefined ? templateOfTables(tables, templates) : null
  const reading = { ...given, mapping: given.mapping ?? template?.mapping }
  const { maker, table, level, headingLine } = measurementTable(tables, reading.mapping)
  if (level === 'step') throw noTimeSeries()
  const content = readTable(table, headingLine, reading)
  if (content === null) throw unknownHeadings(table)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    identity: { sha256, bytes: bytes.length, encoding: 'utf-8' },
    content: {
      ...byTemplate(content, template),
      format: formatOf(maker, content),
      mapping: { ...content.mapping, sheet: table.name },
    },
  }
}

/** Workbooks and databases are held in memory whole. */
const largest_bytes = 2 ** 29

function tooLarge(size: number): Failure {
  const message = `The file has ${Math.round(size / 1e6)} MB; a workbook or database may have ${Math.round(largest_bytes / 1e6)}.`
  return new Failure('refused', 'too-large', message, { advice: 'Export the record as csv, or in parts.' })
}

/** The workbook's own sheets tell its maker better than one heading does. */
function formatOf(maker: string, { format }: RecordContent): RecordFormat {
  return recordFormats.find((name) => name === maker) ?? format
}

/** Every table of a workbook or database, as it stands. Throws what the container's reader refuses. */
export async function containerTables(container: Container, bytes: Buffer): Promise<readonly SourceTable[]> {
  if (container === 'xlsx') return (await import('./containers/xlsx.ts')).xlsxTables(bytes)
  if (container === 'access') return (await import('./containers/access.ts')).accessTables(bytes)
  return (await import('./containers/parquet.ts')).parquetTables(bytes)
}

function noTimeSeries(): Failure {
  return new Failure(
    'refused',
    'no-time-series',
    'The file holds one row a step, not the signals over time.',
    {
      advice: 'Export the record layer (every measured point).',
    },
  )
}

function unknownHeadings(table: SourceTable): Failure {
  return new Failure('refused', 'unknown-format', 'The headings of the table belong to no known format.', {
    advice:
      'Export with English or Chinese headings that name time, voltage and current, or state in a mapping which columns they are.',
    found: (table.rows[0] ?? []).map(String).join(', ').slice(0, 200),
  })
}
