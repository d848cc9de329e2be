import { inflateSync } from 'node:zlib'

/** Bytes of the file attached under this name (ISO 32000-1, 7.11.4), null if there is none that can be read. */
export function attachedFile(pdf: Uint8Array, name: string): Uint8Array | null {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  const found = /\/EF\s*<<\s*\/F (\d+) 0 R/.exec(filespecOf(file, name))
  const at = found === null ? -1 : file.indexOf(`\n${found[1]} 0 obj`)
  const [from, to] = at === -1 ? [-1, -1] : [file.indexOf('stream\n', at), file.indexOf('\nendstream', at)]
  if (from === -1 || to < from) return null
  const content = file.subarray(from + 'stream\n'.length, to)
  return file.toString('latin1', at, from).includes('/FlateDecode') ? inflated(content) : content
}

function filespecOf(file: Buffer, name: string): string {
  const at = file.indexOf(`/F (${name})`)
  return at === -1 ? '' : file.toString('latin1', at, at + 120)
}

function inflated(content: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(content)
  } catch {
    return null
  }
}
