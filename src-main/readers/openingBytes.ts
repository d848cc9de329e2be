import { access, constants as modes, open, stat } from 'node:fs/promises'
import { constants, gunzipSync } from 'node:zlib'
import { Failure } from '../../src-shared/failure/failure.ts'
import { containerOf, type Container } from './containers/containerOf.ts'

export interface Opening {
  readonly size: number
  /** True when the content is gzip, whatever the name says. */
  readonly compressed: boolean
  /** What holds its tables; null for text. */
  readonly container: Container | null
}

/** Looks at a file's first bytes; refuses what is missing, empty, a folder or a maker's binary format. */
export async function openingBytes(path: string): Promise<Opening> {
  try {
    const { size, isFile } = await kindOf(path)
    if (!isFile) throw notAFile()
    if (size === 0) throw emptyFile()
    const head = await firstBytes(path, 512)
    const document = documentFormat(head)
    if (document !== null) throw notAMeasurement(document)
    const container = await containerOf(head, path)
    return { size, container, compressed: head[0] === 0x1f && head[1] === 0x8b }
  } catch (error) {
    throw systemFailure(error)
  }
}

async function kindOf(path: string): Promise<{ size: number; isFile: boolean }> {
  const status = await stat(path)
  if (status.isDirectory()) {
    await access(path, modes.R_OK)
    throw isFolder()
  }
  return { size: status.size, isFile: status.isFile() }
}

/** The first bytes of what the file holds, unpacked where it is gzip. */
export async function openingText(
  path: string,
  { compressed }: Pick<Opening, 'compressed'>,
): Promise<Uint8Array> {
  const head = await firstBytes(path, 1 << 16)
  return compressed ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
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

function isFolder(): Failure {
  return new Failure('refused', 'is-folder', 'This is a folder, not a file.', {
    advice: 'Name one file, or import the folder.',
  })
}

function notAFile(): Failure {
  return new Failure('refused', 'not-readable', 'This is not an ordinary file.', {
    advice: 'Copy the measurement into an ordinary file.',
  })
}

function systemFailure(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new Failure('refused', 'not-found', 'There is no such file.', { advice: 'Check the path.' })
  }
  return new Failure('refused', 'not-readable', `It cannot be opened (${String(error.code)}).`, {
    advice: 'Check that you may read it and that no other program holds it.',
  })
}
