import { constants, existsSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { Failure } from '../../../src-shared/failure/failure.ts'

/** Takes answers block by block; each is on its way to the disk before the next is taken. */
export interface BatchFile {
  /** Whole lines that were there already. */
  readonly lines: number
  readonly last: string | null
  /** Whole lines, each with its end. Their memory is given back at once: it would wait for a collection, block by block. */
  write(lines: Uint8Array<ArrayBuffer>): Promise<void>
  close(): Promise<void>
}

/**
 * A file of JSON lines. With `resume` it goes on behind its last whole line, and half a line is cut off.
 *
 * Throws `file-exists` (refused) where something would be written over, or `not-writable`.
 */
export async function openBatchFile(path: string, { resume }: { resume: boolean }): Promise<BatchFile> {
  if (!resume && existsSync(path)) throw fileExists(path)
  const file = await openForWriting(path, resume)
  const { end, lines, last } = resume ? await wholeLines(file) : { end: 0, lines: 0, last: null }
  await file.truncate(end)
  let at = end
  return {
    lines,
    last,
    async write(bytes) {
      try {
        for (let from = 0; from < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, from, bytes.length - from, at)
          from += bytesWritten
          at += bytesWritten
        }
        bytes.buffer.transfer(0)
      } catch (error) {
        throw notWritable(path, error)
      }
    },
    close: () => file.close(),
  }
}

async function openForWriting(path: string, resume: boolean): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_CREAT | (resume ? 0 : constants.O_EXCL)
  try {
    return await open(path, flags)
  } catch (error) {
    throw notWritable(path, error)
  }
}

/** Where the last whole line ends, how many there are, and the last one. */
async function wholeLines(file: FileHandle): Promise<{ end: number; lines: number; last: string | null }> {
  const chunk = Buffer.alloc(1 << 20)
  let position = 0
  let lines = 0
  let start = 0
  let end = 0
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
    if (bytesRead === 0) break
    for (let i = chunk.indexOf(10); i !== -1 && i < bytesRead; i = chunk.indexOf(10, i + 1)) {
      lines++
      start = end
      end = position + i + 1
    }
    position += bytesRead
  }
  if (lines === 0) return { end: 0, lines: 0, last: null }
  const last = Buffer.alloc(end - start - 1)
  await file.read(last, 0, last.length, start)
  return { end, lines, last: last.toString('utf8') }
}

function fileExists(file: string): Failure {
  return new Failure('refused', 'file-exists', 'There is such a file already.', {
    advice: 'Go on with it by --resume, or name another file.',
    file,
  })
}

export function notWritable(file: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new Failure('refused', 'not-writable', `The file cannot be written (${code}).`, {
    advice: 'Free space or choose another place; what is written stays, and --resume goes on behind it.',
    file,
  })
}

/** The lines there are of another question, model or order of cells. */
export function otherBatch(file: string): Failure {
  return new Failure('refused', 'other-batch', 'The file holds the answers of another batch.', {
    advice: 'Ask with the cells, scenarios, model and options it was begun with, or name another file.',
    file,
  })
}
