import type { Readable } from 'node:stream'

/** Where a file's bytes come from: the disk, or an archive that is read without being unpacked. */
export interface FileSource {
  readonly size: number
  /** Up to so many bytes from the start. */
  head(count: number): Promise<Buffer>
  /** Bytes from anywhere. */
  readonly part: (offset: number, count: number) => Promise<Buffer>
  whole(signal?: AbortSignal): Promise<Buffer>
  stream(): Readable
  readonly isMember: boolean
}
