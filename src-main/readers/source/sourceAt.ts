import { createReadStream } from 'node:fs'
import { access, constants as modes, open, readFile, stat } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { FileSource } from './fileSource.ts'
import { archiveMembers, memberSource } from './zipArchive.ts'

/**
 * The file at a path, which may lead on into a zip archive: `cells.zip/lot 2/a.csv`.
 *
 * Refuses what is missing, a folder, or no ordinary file; throws what a damaged archive is refused with.
 */
export async function sourceAt(path: string): Promise<FileSource> {
  try {
    const status = await stat(path).catch(unlessAbsent)
    if (status === null) return await insideArchive(path)
    if (status.isDirectory()) {
      await access(path, modes.R_OK)
      throw isFolder()
    }
    if (!status.isFile()) throw notAFile()
    return diskSource(path, status.size)
  } catch (error) {
    throw systemFailure(error)
  }
}

/** Null where nothing is there, and where the path leads on below a file. */
function unlessAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return null
  throw error
}

async function insideArchive(path: string): Promise<FileSource> {
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    const status = await stat(above).catch(unlessAbsent)
    if (status === null) continue
    if (!status.isFile()) break
    const archive = diskSource(above, status.size)
    const name = relative(above, path).replaceAll('\\', '/')
    const member = (await archiveMembers(archive))?.find((one) => one.name === name)
    if (member !== undefined) return memberSource({ archive, path: above }, member)
    break
  }
  throw notFound()
}

function diskSource(path: string, size: number): FileSource {
  return {
    size,
    isMember: false,
    head: (count) => partOf(path, 0, count),
    part: (offset, count) => partOf(path, offset, count),
    whole: (signal) => readFile(path, signal === undefined ? {} : { signal }),
    stream: () => createReadStream(path, { highWaterMark: 1 << 18 }),
  }
}

async function partOf(path: string, offset: number, count: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function notFound(): Failure {
  return new Failure('refused', 'not-found', 'There is no such file.', { advice: 'Check the path.' })
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
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return notFound()
  return new Failure('refused', 'not-readable', `It cannot be opened (${String(error.code)}).`, {
    advice: 'Check that you may read it and that no other program holds it.',
  })
}
