import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { truths } from './retired.ts'
import { samples } from './samples.ts'
import { splits } from './splits.ts'

const folder = resolve(import.meta.dirname, '..')

for (const { path, text } of samples()) write(path, compressed(text()))
write('truth.json', `${JSON.stringify(truths(), null, 1)}\n`)
write('splits.json', `${JSON.stringify(splits(), null, 1)}\n`)

function write(path: string, content: string | Uint8Array): void {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
}

/** The header names no time (Node writes none) and no system, so that only the compressor's version can differ. */
function compressed(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: 9 })
  bytes[9] = 255
  return bytes
}
