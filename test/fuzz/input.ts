import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../src-shared/failure/failure.ts'
import { readRecord } from '../support/readRecord.ts'
import { brokenByCut, brokenByLines, brokenLaw, type Read } from './laws.ts'
import { mutated, seededRandom } from './mutate.ts'
import { isLarge, type FuzzSource } from './sources.ts'

/** How one input ended; `broken` says what should not have happened. */
export interface Outcome {
  readonly input: number
  readonly source: string
  readonly mutation: string
  readonly end: 'read' | 'refused' | 'broken'
  readonly broken: string | null
  readonly bytes: Buffer
}

/** Large files take their turn this seldom. */
const largeEvery = 250

export interface FuzzSetting {
  readonly seed: number
  readonly sources: readonly FuzzSource[]
  /** Folder of the file that is read. */
  readonly folder: string
}

/** Asks the readers for one mutated input after another; the same seed and number give the same input. */
export function fuzzer({ seed, sources, folder }: FuzzSetting): (input: number) => Promise<Outcome> {
  const small = sources.filter((source) => !isLarge(source))
  const large = sources.filter(isLarge)
  const whole = new Map<string, Promise<Read | null>>()
  const wholeOf = ({ name, bytes }: FuzzSource) => {
    const known = whole.get(name) ?? read(join(folder, `whole-${name}`), bytes).catch(() => null)
    whole.set(name, known)
    return known
  }
  return async (input) => {
    const random = seededRandom(seed, input)
    const from = large.length > 0 && input % largeEvery === 0 ? large : small
    const source = from[random(from.length)]
    const { what, bytes } = mutated(source.bytes, random)
    const told = { input, source: source.name, mutation: what, bytes }
    try {
      const found = await read(join(folder, source.name), bytes)
      const broken =
        brokenLaw(found) ??
        (what.startsWith('cut') ? await cutLaw(found, wholeOf(source)) : null) ??
        brokenByLines(bytes.toString('latin1'), found)
      return { ...told, end: broken === null ? 'read' : 'broken', broken }
    } catch (error) {
      const isExpected =
        error instanceof Failure && error.kind === 'refused' && error.detail.file !== undefined
      return isExpected
        ? { ...told, end: 'refused', broken: null }
        : { ...told, end: 'broken', broken: stackOf(error) }
    }
  }
}

async function cutLaw(cut: Read, whole: Promise<Read | null>): Promise<string | null> {
  const known = await whole
  return known === null ? null : brokenByCut(cut, known)
}

async function read(path: string, bytes: Buffer): Promise<Read> {
  writeFileSync(path, bytes)
  try {
    const { record, ...result } = await readRecord(path)
    return { result, record }
  } finally {
    rmSync(path)
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
