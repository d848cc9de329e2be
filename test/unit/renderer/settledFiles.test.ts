import { describe, expect, it } from 'vitest'
import type { ImportedFile } from '../../../src-shared/contract/requests.ts'
import { settledFiles } from '../../../src-renderer/stores/settledFiles.ts'

function row(path: string, change: Partial<ImportedFile> = {}): ImportedFile {
  return {
    path,
    sha256: path,
    format: 'csv',
    status: 'quarantined',
    known: false,
    cells: [],
    cycles: 0,
    findings: [],
    ...change,
  }
}

describe('the list after an import', () => {
  const [old, a, b] = ['old.csv', 'a.csv', 'b.csv'].map((path) => row(path))
  const [answerA, answerB] = [row('a.csv'), row('b.csv')]
  const ended = { answer: [answerA, answerB], early: new Set([a, b]) }

  it('holds the answer in place of the early rows, above what was there', () => {
    expect(settledFiles([b, a, old], ended)).toEqual([answerA, answerB, old])
  })

  it('keeps a row that was decided while the import ran, once', () => {
    const decided = row('a.csv', { status: 'imported' })
    expect(settledFiles([b, decided, old], ended)).toEqual([answerB, decided, old])
  })

  it('does not bring back a row that was rejected while the import ran', () => {
    expect(settledFiles([b, old], ended)).toEqual([answerB, old])
  })
})
