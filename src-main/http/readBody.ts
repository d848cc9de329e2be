import type { IncomingMessage } from 'node:http'

/**
 * The whole body as text, or null where it is longer than `limit` bytes or not UTF-8.
 *
 * Reads on past the limit without keeping anything: a client that is still sending would not see the answer.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length <= limit) parts.push(part)
  }
  return length > limit ? null : decode(Buffer.concat(parts))
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
