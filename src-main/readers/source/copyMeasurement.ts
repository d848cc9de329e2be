import { constants, createWriteStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { sourceAt } from './sourceAt.ts'

/** Copies a file's bytes, sharing them where the disk can; a file in an archive is unpacked. */
export async function copyMeasurement(from: string, to: string): Promise<void> {
  const source = await sourceAt(from)
  if (source.isMember) await pipeline(source.stream(), createWriteStream(to))
  else await copyFile(from, to, constants.COPYFILE_FICLONE)
}
