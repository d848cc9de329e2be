import { access, constants, open, stat } from 'node:fs/promises'
import { Failure } from '../../src-shared/failure/failure.ts'

export interface Opening {
  readonly size: number
  /** True when the content is gzip, whatever the name says. */
  readonly compressed: boolean
}

/** Looks at a file's first bytes; refuses what is missing, empty, a folder or a maker's binary format. */
export async function openingBytes(path: string): Promise<Opening> {
  try {
    const { size, isFile } = await kindOf(path)
    if (!isFile) throw notAFile()
    if (size === 0) throw emptyFile()
    const head = await firstBytes(path, 64)
    const document = documentFormat(head)
    if (document !== null) throw notAMeasurement(document)
    const maker = binaryFormat(head)
    if (maker !== null) throw unsupported(maker)
    return { size, compressed: head[0] === 0x1f && head[1] === 0x8b }
  } catch (error) {
    throw systemFailure(error)
  }
}

async function kindOf(path: string): Promise<{ size: number; isFile: boolean }> {
  const status = await stat(path)
  if (status.isDirectory()) {
    await access(path, constants.R_OK)
    throw isFolder()
  }
  return { size: status.size, isFile: status.isFile() }
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

const signatures: readonly { readonly at: number; readonly bytes: string; readonly name: string }[] = [
  { at: 0, bytes: 'PK\x03\x04', name: 'a zip container (xlsx or ndax)' },
  { at: 0, bytes: '\xd0\xcf\x11\xe0', name: 'an old Excel workbook (xls)' },
  { at: 0, bytes: 'BIO-LOGIC MODULAR FILE', name: 'a BioLogic binary (mpr)' },
  { at: 0, bytes: 'NEWARE', name: 'a Neware binary (nda)' },
  { at: 4, bytes: 'Standard Jet DB', name: 'an Arbin database (res)' },
  { at: 4, bytes: 'Standard ACE DB', name: 'an Access database' },
]

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

function binaryFormat(head: Buffer): string | null {
  const text = head.toString('latin1')
  return signatures.find(({ at, bytes }) => text.startsWith(bytes, at))?.name ?? null
}

function unsupported(name: string): Failure {
  return new Failure('refused', 'unsupported-format', `The file is ${name}, which is not read yet.`, {
    advice: "Open it in the maker's program and export it as csv.",
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
