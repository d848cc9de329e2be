import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lotReport } from '../../../src-main/report/lot/lotReport.ts'
import type { LotReportInput } from '../../../src-main/report/lot/lotReportInput.ts'
import { sampleLot } from '../../fixtures/lot.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const hasPdfToText = spawnSync('pdftotext', ['-v']).status === 0
const needsPdfToText = hasPdfToText ? '' : ' (skipped: pdftotext is absent)'

describe('lotReport', () => {
  it('is the same bytes for the same input', async () => {
    expect(Buffer.compare(await lotReport(sampleLot(30)), await lotReport(sampleLot(30)))).toBe(0)
  })

  it('prints on the paper that was chosen, with letterhead and bookmarks', async () => {
    const pixel =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const lot = { ...sampleLot(3), paper: 'Letter', address: 'Halle 3, Aachen', logo: pixel } as const
    const text = Buffer.from(await lotReport(lot)).toString('latin1')
    expect(text).toContain('/MediaBox [0 0 612 792]')
    expect(text).toContain('/Subtype /Image')
    for (const title of ['Lot report', 'Counts', 'Outliers', 'Matching groups', 'All batteries']) {
      expect(text).toContain(`/Title (${title})`)
    }
  })

  it('refuses a date that is none', async () => {
    await expect(lotReport({ ...sampleLot(1), createdAt: 'yesterday' })).rejects.toMatchObject({
      kind: 'usage',
      code: 'not-a-date',
    })
  })
})

describe.skipIf(!hasPdfToText)(`words of the lot report${needsPdfToText}`, () => {
  it('count every battery and repeat the heads on every page', async () => {
    const text = wordsOf(await lotReport(sampleLot(150)))
    expect(text).toMatch(/Received\s+Assessed\s+Refused\s+Quarantined\s+150\s+135\s+8\s+7/)
    expect(text).toContain('The model does not know')
    const pages = text.split('\f').filter((page) => /Page \d+ of \d+/.test(page))
    const tables = pages.filter((page) => /NCA-\d+ +NCA +3\.5 Ah/.test(page))
    expect(tables.length).toBeGreaterThan(1)
    for (const page of tables) expect(page).toMatch(/No\. +Battery +Chemistry +Rated +Outcome/)
    expect(text).not.toContain('SIMULATED')
  })

  it('print an empty lot, and say SIMULATED on every page of a simulated one', async () => {
    const empty = wordsOf(await lotReport(sampleLot(0)))
    expect(empty).toContain('The lot holds no battery.')
    expect(empty).toContain('No battery of the lot has a state of health.')
    const pages = wordsOf(await lotReport(sampleLot(90, true)))
      .split('\f')
      .filter((page) => page.includes('Page '))
    for (const page of pages) expect(page).toContain('SIMULATED')
  })

  it('print names that break layouts', async () => {
    const names = ['x'.repeat(200), 'שלום סוללה', '电池 0412', '', 'a\nb\tc', '\u{1F50B}'.repeat(20)]
    const [first] = sampleLot(1).batteries
    const lot: LotReportInput = {
      ...sampleLot(0),
      lot: 'L'.repeat(300),
      batteries: names.map((name) => ({ ...first, name })),
    }
    const text = wordsOf(await lotReport({ ...lot, paper: 'Letter' }))
    expect(text).toMatch(/6\s+6\s+0\s+0/)
    expect(text).toContain('电池 0412')
    for (const word of ['שלום', 'סוללה']) expect(text).toContain(word)
    expect(text).toContain('Each □ in a name stands for')
  })
})

function wordsOf(pdf: Uint8Array): string {
  const file = join(temporaryFolder(), 'lot.pdf')
  writeFileSync(file, pdf)
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1e8 })
}
