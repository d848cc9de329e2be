import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { copyMeasurement } from '../../readers/source/copyMeasurement.ts'

/** Where the bytes of a held file are kept: under its own name and that of its folder, for readers look at both. */
export function keptPath(libraryFolder: string, { id, path }: { id: string; path: string }): string {
  const folder = basename(dirname(resolve(path)))
  return join(heldFolder(libraryFolder, id), folder === '' ? 'root' : folder, basename(path))
}

/** Copies a file's bytes into the library, sharing them where the disk can. */
export async function keepBytes(libraryFolder: string, held: { id: string; path: string }): Promise<void> {
  const kept = keptPath(libraryFolder, held)
  if (existsSync(kept)) return
  try {
    await mkdir(dirname(kept), { recursive: true })
    await copyMeasurement(held.path, kept)
  } catch (error) {
    await forgetBytes(libraryFolder, held.id)
    throw isFull(error) ? noRoom(kept) : error
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

function noRoom(file: string): Failure {
  return new Failure('refused', 'library-full', 'There is no room left to keep the file in quarantine.', {
    advice: 'Make room on the disk, then repeat.',
    file,
  })
}

export async function forgetBytes(libraryFolder: string, id: string): Promise<void> {
  await rm(heldFolder(libraryFolder, id), { recursive: true, force: true })
}

function heldFolder(libraryFolder: string, id: string): string {
  return join(libraryFolder, 'quarantine', id)
}
