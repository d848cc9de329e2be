import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'

/** Writes a whole file or none: readers see the old one until the new one is complete. Throws `not-writable` or `is-folder` (usage). */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeAndFlush(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if (await isFolder(path)) throw folderNamed(path)
    throw new Failure('usage', 'not-writable', `The file cannot be written: ${messageOf(error)}`, {
      advice: 'Name a file in a folder that can be written, not open in another program.',
      file: path,
    })
  }
}

async function writeAndFlush(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  )
}

function folderNamed(path: string): Failure {
  return new Failure('usage', 'is-folder', 'The file cannot be written: this is a folder.', {
    advice: 'Name a file in it.',
    file: path,
  })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
