import { constants, gunzipSync } from 'node:zlib'
import { Failure } from '../../src-shared/failure/failure.ts'
import { containerOf, type Container } from './containers/containerOf.ts'
import type { FileSource } from './source/fileSource.ts'
import { sourceAt } from './source/sourceAt.ts'
import { archiveMembers } from './source/zipArchive.ts'

export interface Opening {
  readonly source: FileSource
  /** True when the content is gzip, whatever the name says. */
  readonly compressed: boolean
  /** What holds its tables; null for text. */
  readonly container: Container | null
}

/**
 * Looks at a file's first bytes; refuses what is missing, empty, a folder or a maker's binary format, and an archive, for it
 * is its files that are read.
 */
export async function openingBytes(path: string): Promise<Opening> {
  const source = await sourceAt(path)
  if (source.size === 0) throw emptyFile()
  const head = await source.head(512)
  const document = documentFormat(head)
  if (document !== null) throw notAMeasurement(document)
  const container = await containerOf(head, source)
  if (container === 'archive') throw await isArchive(source)
  return { source, container, compressed: head[0] === 0x1f && head[1] === 0x8b }
}

/** The first bytes of what the file holds, unpacked where it is gzip. */
export async function openingText({
  source,
  compressed,
}: Pick<Opening, 'source' | 'compressed'>): Promise<Uint8Array> {
  const head = await source.head(1 << 16)
  return compressed ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head
}

async function isArchive(source: FileSource): Promise<Failure> {
  if (source.isMember) {
    return new Failure(
      'refused',
      'nested-archive',
      'This is an archive inside an archive, which is not opened.',
      {
        advice: 'Unpack the outer archive and import the inner one.',
      },
    )
  }
  const names = ((await archiveMembers(source)) ?? []).map(({ name }) => name)
  if (names.length === 0) {
    return new Failure('refused', 'empty-archive', 'The archive holds no file.', {
      advice: 'Pack or download it again.',
    })
  }
  return new Failure('refused', 'is-archive', `This is an archive of ${names.length} files, not a file.`, {
    advice: `Import the archive, or name one of its files, as in ARCHIVE.zip/${names[0]}`,
    found: names.slice(0, 5).join(', ').slice(0, 200),
  })
}

const documents: readonly { readonly bytes: string; readonly name: string }[] = [
  { bytes: '%PDF', name: 'a PDF' },
  { bytes: 'SQLite format 3\0', name: 'a database (SQLite)' },
  { bytes: '\x89PNG', name: 'a picture (PNG)' },
  { bytes: '\xff\xd8\xff', name: 'a picture (JPEG)' },
]

function documentFormat(head: Buffer): string | null {
  const text = head.toString('latin1')
  return documents.find(({ bytes }) => text.startsWith(bytes))?.name ?? null
}

function notAMeasurement(name: string): Failure {
  return new Failure('refused', 'not-a-measurement', `This is ${name}, not a measurement.`, {
    advice: 'Name the csv file that the cycler wrote.',
  })
}

function emptyFile(): Failure {
  return new Failure('refused', 'empty-file', 'The file is empty.', {
    advice: 'Copy or export the file again.',
  })
}
