import { encrypted, unpackedLimit_bytes, unpacksTooLarge, unsupported } from './refusals.ts'
import { directoryOf, isDocument, type ZipEntry } from './zipDirectory.ts'

export type Container = 'xlsx' | 'access' | 'parquet'

interface ReadableParts {
  readonly size: number
  readonly part: (offset: number, count: number) => Promise<Buffer>
}

/**
 * What holds the tables of a file, `head` being its first 64 bytes or more: a container, `archive` for a zip of files, null
 * for text.
 *
 * Refuses makers' binary formats with what to export instead, and zips that are damaged or too large.
 */
export async function containerOf(
  head: Uint8Array,
  file: ReadableParts,
): Promise<Container | 'archive' | null> {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06'))
    return zipContainer(await directoryOf(file))
  if (/^Standard (Jet|ACE) DB/.test(text.slice(4))) return 'access'
  if (text.startsWith('PAR1')) return 'parquet'
  if (text.startsWith('PARE')) throw encrypted('Parquet file')
  const binary = binaries.find(({ bytes }) => text.startsWith(bytes))
  if (binary !== undefined) throw unsupported(binary.name, binary.advice)
  return null
}

const binaries: readonly { readonly bytes: string; readonly name: string; readonly advice: string }[] = [
  {
    bytes: '\xd0\xcf\x11\xe0',
    name: 'an old Excel workbook (xls) or one with a password',
    advice: 'Open it in Excel or LibreOffice and save it as xlsx, without a password.',
  },
  {
    bytes: 'BIO-LOGIC MODULAR FILE',
    name: 'a BioLogic binary (mpr)',
    advice: 'Export as text (mpt) from EC-Lab: Experiment, Export as Text.',
  },
  {
    bytes: 'NEWARE',
    name: 'a Neware binary (nda)',
    advice: 'Export as xlsx or csv from BTSDA, with the record layer.',
  },
]

function zipContainer(entries: readonly ZipEntry[]): Container | 'archive' {
  if (!isDocument(entries)) return 'archive'
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name))
  if (has(/^xl\/workbook\.xml$/)) {
    const unpacked_bytes = entries.reduce((sum, entry) => sum + entry.unpacked_bytes, 0)
    if (unpacked_bytes > unpackedLimit_bytes) throw unpacksTooLarge('workbook')
    return 'xlsx'
  }
  if (has(/\.ndc$/i)) {
    throw unsupported('a Neware binary (ndax)', 'Export as xlsx or csv from BTSDA, with the record layer.')
  }
  if (has(/^xl\/workbook\.bin$/)) throw unsupported('a binary Excel workbook (xlsb)', 'Save it as xlsx.')
  if (has(/^content\.xml$/)) throw unsupported('an OpenDocument file (ods)', 'Save it as xlsx or csv.')
  throw unsupported('a document of another program', 'Save the measurement as xlsx or csv.')
}
