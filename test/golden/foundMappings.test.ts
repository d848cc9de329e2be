import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src-shared/failure/failure.ts'
import { needsShared, sharedData } from '../support/shared.ts'
import { readRecord, type ReadRecord } from '../support/readRecord.ts'

const root = sharedData()

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Larger files take longer, and are written like one of the others. */
const largest_bytes = 1e6

const files =
  root === null
    ? []
    : ['cycler-exports', 'open-ageing']
        .flatMap((folder) => filesBelow(join(root, folder)))
        .filter((path) => statSync(path).size < largest_bytes)
        .map((path) => relative(root, path))

async function readOrRefuse(path: string): Promise<ReadRecord | null> {
  return readRecord(path).catch((error: unknown) => {
    if (error instanceof Failure) return null
    throw error
  })
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

describe.skipIf(root === null)(`the mapping that reading finds${needsShared}`, () => {
  it.each(files)('gives the same record when %s is read by it', async (file) => {
    const path = sharedData(file)!
    const found = await readOrRefuse(path)
    const mapping = found?.mapping ?? null
    if (found === null || mapping === null) return
    const again = await readRecord(path, { mapping })
    expect(again.mapping).toEqual(mapping)
    expect({ rows: again.rows, cycles: again.cycles.length }).toEqual({
      rows: found.rows,
      cycles: found.cycles.length,
    })
    for (const name of ['time', 'voltage', 'current', 'chargeCapacity', 'cycle', 'mode'] as const)
      expect(bytesOf(again.record[name]).equals(bytesOf(found.record[name])), name).toBe(true)
  })
})
