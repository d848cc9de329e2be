import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { lsdRow, lsdText, tpslRow, tpslText, ulRow, ulText } from '../../fixtures/perCycle.ts'
import { rawRows, rawText } from '../../fixtures/rawRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const raw = Buffer.from(rawText(rawRows([{ number: 1 }, { number: 2 }])))
const sources = [
  raw,
  gzipSync(raw),
  ...[ulText([ulRow]), lsdText([lsdRow]), tpslText([tpslRow])].map((text) => Buffer.from(text)),
]

/** Park-Miller: the same mutations on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

function mutated(source: Buffer, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(source)
  const at = random(bytes.length)
  switch (random(6)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + random(200)))])
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(bytes.length))])
    case 3:
      return Buffer.concat([bytes, bytes.subarray(at)])
    case 4:
      return otherDigits(bytes, random)
    default:
      for (let i = 0; i <= random(8); i++) bytes[random(bytes.length)] = random(256)
      return bytes
  }
}

function otherDigits(bytes: Buffer, random: (below: number) => number): Buffer {
  const text = bytes
    .toString('latin1')
    .replace(/\d/g, (digit) => (random(500) === 0 ? String(random(10)) : digit))
  return Buffer.from(text, 'latin1')
}

it('ends in a result or a Failure for any bytes', async () => {
  const random = seeded(20260722)
  const ends = { read: 0, refused: 0 }
  for (let i = 0; i < 300; i++) {
    const path = folder.write('mutated.csv', mutated(sources[i % sources.length], random))
    try {
      await readFile(path)
      ends.read++
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      expect(error.detail.file).toBe(path)
      ends.refused++
    }
  }
  expect(ends.read).toBeGreaterThan(5)
  expect(ends.refused).toBeGreaterThan(100)
})
