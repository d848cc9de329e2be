import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type * as Hyparquet from 'hyparquet'
import { damaged, holdsNothing, unpackedLimit_bytes, unpacksTooLarge } from './refusals.ts'
import type { SourceCell, SourceTable } from './sourceTable.ts'

/** The one table of a Parquet file; the first row holds the column names. Nested values come as null. */
export async function parquetTable(file: ArrayBuffer): Promise<SourceTable> {
  const library = await import('hyparquet')
  const metadata = metadataOf(library, file)
  if (unpackedSize_bytes(metadata) > unpackedLimit_bytes) throw unpacksTooLarge('Parquet file')
  if (metadata.num_rows === 0n) throw holdsNothing('Parquet file')
  return { name: 'table', rows: await rowsOf(library, file, metadata) }
}

function metadataOf({ parquetMetadata }: typeof Hyparquet, file: ArrayBuffer): Hyparquet.FileMetaData {
  try {
    return parquetMetadata(file)
  } catch {
    throw damaged('Parquet file')
  }
}

function unpackedSize_bytes({ row_groups }: Hyparquet.FileMetaData): number {
  const columns = row_groups.flatMap((group) => group.columns)
  return columns.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0)
}

async function rowsOf(
  library: typeof Hyparquet,
  file: ArrayBuffer,
  metadata: Hyparquet.FileMetaData,
): Promise<SourceCell[][]> {
  try {
    const columns = library.parquetSchema(metadata).children
    const rows: SourceCell[][] = [columns.map(({ element }) => element.name)]
    let rowStart = 0
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows)
      // One column at a time: of several, the library leaves failures behind that nobody can catch.
      for (const [at, { element, children }] of columns.entries())
        if (children.length === 0)
          await library.parquetRead({
            ...{ file, metadata, compressors, rowStart, rowEnd, columns: [element.name] },
            onChunk({ columnData, rowStart: first }) {
              for (let i = 0; i < columnData.length; i++) {
                const row = (rows[first + i + 1] ??= columns.map(() => null))
                row[at] = cellOf(columnData[i])
              }
            },
          })
      rowStart = rowEnd
    }
    if (BigInt(rows.length - 1) !== metadata.num_rows) throw damaged('Parquet file')
    return rows
  } catch {
    throw damaged('Parquet file')
  }
}

const compressors: Hyparquet.Compressors = {
  GZIP: (packed, maxOutputLength) => gunzipSync(packed, { maxOutputLength }),
  BROTLI: (packed, maxOutputLength) => brotliDecompressSync(packed, { maxOutputLength }),
  ZSTD: (packed, maxOutputLength) => zstdDecompressSync(packed, { maxOutputLength }),
}

function cellOf(value: unknown): SourceCell {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (typeof value === 'boolean' || value instanceof Date) return value
  return null
}
