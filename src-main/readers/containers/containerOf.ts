import { open } from 'node:fs/promises'
import {
  damaged,
  encrypted,
  truncated,
  unpackedLimit_bytes,
  unpacksTooLarge,
  unsupported,
} from './refusals.ts'
import { closingRecord_bytes, directoryEntries, directoryPlace, type ZipEntry } from './zipDirectory.ts'

export type Container = 'xlsx' | 'access' | 'parquet'

/** Most bytes of a central directory; a workbook's has some hundred entries. */
const directoryLimit_bytes = 2 ** 24

/**
 * What holds the tables of the file at `path`, `head` being its first 64 bytes or more; null for text.
 *
 * Refuses makers' binary formats with what to export instead, other archives, and zips that are damaged or too large.
 */
export async function containerOf(head: Uint8Array, path: string): Promise<Container | null> {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06'))
    return zipContainer(await entriesOf(path))
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

function zipContainer(entries: readonly ZipEntry[]): Container {
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
  throw unsupported('a zip archive', 'Unpack it and name the measurement inside.')
}

async function entriesOf(path: string): Promise<readonly ZipEntry[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const part = async (offset: number, bytes: number) =>
      (await file.read(Buffer.alloc(bytes), 0, bytes, offset)).buffer
    const tail_bytes = Math.min(size, closingRecord_bytes)
    const place = directoryPlace(await part(size - tail_bytes, tail_bytes))
    if (place.bytes > directoryLimit_bytes) throw damaged('zip file')
    if (place.offset + place.bytes > size) throw truncated('zip file')
    return directoryEntries(await part(place.offset, place.bytes), place.entries)
  } finally {
    await file.close()
  }
}
