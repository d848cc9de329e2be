import { beforeAll, describe, expect, it } from 'vitest'
import { cellReport } from '../../../src-main/report/cellReport.ts'
import { differingParts } from '../../../src-main/report/differingParts.ts'
import { readObjects } from '../../../src-main/report/pdfObjects.ts'
import { sampleReport } from '../../fixtures/report.ts'

let printed: Buffer

beforeAll(async () => {
  const { record, manifest } = sampleReport()
  printed = Buffer.from(await cellReport(record, manifest))
}, 60_000)

function flippedAt(at: number): Buffer {
  const flipped = Buffer.from(printed)
  flipped[at] ^= 1
  return flipped
}

describe('differingParts', () => {
  it('is empty for the same bytes', () => {
    expect(differingParts(Buffer.from(printed), printed)).toEqual([])
  })

  it('names one part for a bit flipped in any object', () => {
    const objects = readObjects(printed)
    expect(objects?.size).toBeGreaterThan(30)
    const names = new Set<string>()
    for (const object of objects?.values() ?? []) {
      const start = object.byteOffset - printed.byteOffset
      for (const at of [start, start + (object.length >> 1), start + object.length - 1]) {
        const parts = differingParts(flippedAt(at), printed)
        expect(parts).toHaveLength(1)
        names.add(parts[0])
      }
    }
    expect([...names].toSorted()).toEqual([
      'bookmarks',
      'digests.json',
      'document information',
      'fonts',
      'page 1',
      'page 2',
      'page 3',
      'page 4',
      'report.json',
      'structure of the file',
    ])
  })

  it('tells a bit flipped in any other byte', () => {
    for (let at = 0; at < printed.length; at += 397) {
      expect(differingParts(flippedAt(at), printed).length).toBeGreaterThan(0)
    }
  })

  it('tells what was cut off, added or inserted', () => {
    expect(differingParts(printed.subarray(0, -1), printed)).toEqual(['structure of the file'])
    expect(differingParts(Buffer.concat([printed, Buffer.from(' ')]), printed)).toEqual([
      'structure of the file',
    ])
    const at = printed.indexOf('"schema"')
    const inserted = Buffer.concat([printed.subarray(0, at), Buffer.from(' '), printed.subarray(at)])
    expect(differingParts(inserted, printed)).toEqual(['report.json'])
    expect(differingParts(new Uint8Array(), printed).length).toBeGreaterThan(3)
  })
})
