import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuse } from './refuse.ts'

const limit_bytes = 2 * 1024 ** 3

/** Files that a browser page handed over; it has no paths, so they are kept in a folder until the host closes. */
export interface Uploads {
  receive(request: IncomingMessage, response: ServerResponse, name: string): Promise<void>
  remove(): Promise<void>
}

export async function createUploads({ limit = limit_bytes } = {}): Promise<Uploads> {
  const folder = await mkdtemp(join(tmpdir(), 'pimoe-upload-'))
  let count = 0
  return {
    async receive(request, response, name) {
      const safe = fileName(name)
      if (safe === null) {
        refuse(response, {
          status: 400,
          code: 'no-file-name',
          message: 'The name of the file is missing or not a name.',
        })
        return
      }
      // A folder each, so that the file keeps its name: readers look at it.
      count += 1
      const own = join(folder, String(count))
      await mkdir(own)
      await store({ request, response, path: join(own, safe), limit })
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

interface Storing {
  request: IncomingMessage
  response: ServerResponse
  path: string
  limit: number
}

async function store({ request, response, path, limit }: Storing): Promise<void> {
  const meter = keepAtMost(limit)
  await pipeline(request, meter.stream, createWriteStream(path))
  if (meter.isOver()) {
    await rm(path, { force: true })
    const message = `The file is larger than ${String(Math.round(limit / 1024 ** 2))} MB.`
    const advice = 'Import it with the command line, or split the record.'
    refuse(response, { status: 413, code: 'too-large', message, advice })
    return
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify({ path })}\n`)
}

/** Passes the first `limit` bytes on and swallows the rest, so that the client lives to see the refusal. */
function keepAtMost(limit: number): { stream: Transform; isOver: () => boolean } {
  let length = 0
  const stream = new Transform({
    transform(part: Uint8Array, _encoding, next) {
      length += part.length
      if (length > limit) next()
      else next(null, part)
    },
  })
  return { stream, isOver: () => length > limit }
}

function fileName(name: string): string | null {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const safe = last
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/[. ]+$/, '')
    .trim()
  if (safe === '') return null
  return shortened(deviceName.test(safe) ? `_${safe}` : safe)
}

/** Windows keeps these names for devices, with any extension. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** No file system takes more than 255 bytes; the extension stays, for readers look at it. */
function shortened(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= 60) return name
  return [...characters.slice(0, 40), ...characters.slice(-20)].join('')
}
