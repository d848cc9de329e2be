import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export const samplesFolder = resolve(import.meta.dirname, '../../../assets/samples')

/** Uncompressed text of a sample file. */
export function storedText(path: string): string {
  return gunzipSync(readFileSync(resolve(samplesFolder, path))).toString('utf8')
}

/** Rows of a sample file by column name, as text. */
export function storedRows(path: string): Record<string, string>[] {
  return parse(storedText(path), { columns: true })
}

export function numbersOf(list: string): number[] {
  return JSON.parse(list) as number[]
}

export function storedJson(path: string): unknown {
  return JSON.parse(readFileSync(resolve(samplesFolder, path), 'utf8'))
}
