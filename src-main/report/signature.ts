import { createHash } from 'node:crypto'

/** Starts the last line of a signed report, a comment to every reader of PDF. */
const mark = '%PIMOE-Ed25519 '

/** The line's bytes: mark, 64 bytes of signature in base64, end of line. */
const lineLength = mark.length + 88 + 1

/** A report with the signature of all its bytes as its last line. */
export function withSignature(body: Uint8Array, signature: Uint8Array): Uint8Array {
  return Buffer.concat([body, Buffer.from(`${mark}${Buffer.from(signature).toString('base64')}\n`, 'latin1')])
}

/** What was signed, and the signature; null where the last line is none as this program writes it. */
export function splitSignature(file: Uint8Array): { body: Uint8Array; signature: Uint8Array | null } {
  const start = Math.max(0, file.length - lineLength)
  const line = Buffer.from(file.subarray(start)).toString('latin1')
  if (!line.startsWith(mark)) return { body: file, signature: null }
  const signature = Buffer.from(line.slice(mark.length, -1), 'base64')
  // The same bytes can be written in more than one way; only one of them is ours.
  const isOurs = line === `${mark}${signature.toString('base64')}\n` && signature.length === 64
  return isOurs ? { body: file.subarray(0, start), signature } : { body: file, signature: null }
}

/** SHA-256 of the public key's bytes (SubjectPublicKeyInfo): what a laboratory makes known of its key. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')
}
