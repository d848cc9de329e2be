import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A published-style file cut in two measurements of one cell: its first `rows` cycles, and the ones after them. */
export function splitRecord(
  file: string,
  { folder, rows, until }: { folder: string; rows: number; until?: number },
): { first: string; later: string } {
  const [heading, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split(/\r?\n/)
  const write = (name: string, part: readonly string[]): string => {
    const path = join(folder, name)
    writeFileSync(path, [heading, ...part, ''].join('\n'))
    return path
  }
  return {
    first: write('Erste-#1.csv', lines.slice(0, rows)),
    later: write('Spätere-#1.csv', lines.slice(rows, until)),
  }
}
