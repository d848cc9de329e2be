import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import { attachedFile } from '../../../src-main/report/attachments.ts'
import { attachedNames } from '../../../src-main/report/attaching.ts'
import { cellReport } from '../../../src-main/report/cellReport.ts'
import { fingerprintOf } from '../../../src-main/report/signature.ts'
import { changedReport, sampleReport, type SampleReport } from '../../fixtures/report.ts'
import { hostileReports } from './hostileReports.ts'

const hasPdfToText = spawnSync('pdftotext', ['-v']).status === 0
const needsPdfToText = hasPdfToText ? '' : ' (skipped: pdftotext is absent)'

describe('cellReport', () => {
  it('is the same bytes for the same input, and other bytes for another', async () => {
    const [first, second] = [await printed(sampleReport()), await printed(sampleReport())]
    expect(Buffer.compare(first, second)).toBe(0)
    expect(Buffer.compare(first, await printed(sampleReport({ seed: 2 })))).not.toBe(0)
  })

  it('attaches the record itself', async () => {
    const report = sampleReport()
    const attached = attachedFile(await printed(report), attachedNames.record)
    expect(JSON.parse(new TextDecoder().decode(attached!))).toEqual(report.record)
  })

  it.each(hostileReports())('keeps its shape: %s', async (_, report) => {
    const count = pages(await printed(report))
    expect(count).toBeGreaterThanOrEqual(4)
    expect(count).toBeLessThanOrEqual(7)
  })

  it('prints what was chosen, on the paper that was chosen', async () => {
    const short = changedReport(sampleReport(), { settings: { sections: [], paper: 'Letter' } })
    const text = Buffer.from(await printed(short)).toString('latin1')
    expect(text).toContain('/MediaBox [0 0 612 792]')
    expect(text).not.toContain('(Condition)')
    const whole = Buffer.from(await printed(sampleReport())).toString('latin1')
    expect(whole).toContain('/MediaBox [0 0 595.28 841.89]')
    for (const title of ['Battery report', 'Evidence', 'Condition', 'Prediction', 'Trust and limits']) {
      expect(whole).toContain(`/Title (${title})`)
    }
  })

  it('refuses a date that is none', async () => {
    await expect(
      printed(changedReport(sampleReport(), { report: { createdAt: 'yesterday' } })),
    ).rejects.toMatchObject({
      kind: 'usage',
      code: 'not-a-date',
    })
  })
})

describe.skipIf(!hasPdfToText)(`words of the report${needsPdfToText}`, () => {
  it('hold every number with its unit', async () => {
    const text = await wordsOf(sampleReport({ extrapolatedFrom: 30 }))
    const expected = [
      'Battery report',
      'Report no. none: a draft',
      '4b1d3f60-7c52-4e0a-9a55-0f6f2f1f7d11',
      'B asks for 80 %',
      'Default rules, version 3',
      'Evidence',
      'Remaining capacity 2.909 Ah 2.884–2.934 Ah',
      'Internal resistance not performed mΩ',
      'Key fingerprint not signed',
      '80 % (asked) 13 20 31',
      '1 30 0.5 C 1 C 25 °C',
      '2026-11-22 15:24 UTC',
      'Second-life laboratory, Aachen',
      'M. Weiß',
      'NCA-0412, Samsung 35E, lot 2026-11-A',
      '3.5 Ah',
      '83.1 %',
      '82.4–83.8 % (90 % interval)',
      '2.909 Ah',
      '2.884–2.934 Ah (90 % interval)',
      'estimated',
      '20 cycles',
      'P10 13',
      'P90 31',
      'Discharge capacity at 1 C and 25 °C over the rated capacity of 3.5 Ah',
      'Store first, then work: 30 cycles at 0.5 C charge, 1 C discharge, 25 °C',
      'outside',
      'Block 2 runs at 35 °C',
      'not named: stability not measured',
      'CY25-05_1-#1.csv.gz',
      '3f'.repeat(16),
      '4.8 MB',
      '3.6–4.15 V',
      'pimoe-joint',
      'MAPE 0.8840 %',
      '90 % interval held 91.2 % of values on 14 unseen cells',
      'This is not a safety test.',
      'Page 1 of 4',
      'Page 4 of 4',
      'PIMOE 0.1.0',
      'Capacity (Ah)',
      'dQ/dV (Ah/V)',
    ]
    expect(expected.filter((words) => !text.includes(words))).toEqual([])
  })

  it('tell alike everywhere where the answer lies', async () => {
    const assumed = { code: 'assumed', message: 'The rated capacity is assumed.', proposal: 'State it.' }
    const remark = { code: 'remark', isNote: true, message: 'Only a remark.', proposal: 'Click here.' }
    const inside = sampleReport()
    const words = async (extrapolated: number, findings: Finding[]) => {
      const { trajectory } = sampleReport({ extrapolatedFrom: extrapolated }).record.results.assessment
      return wordsOf(
        changedReport(inside, { assessment: { trajectory, domain: { inside: true, findings } } }),
      )
    }
    const plain = await words(Infinity, [remark])
    expect(plain).toContain('inside nothing extrapolated no findings')
    expect(plain).toContain('lie inside the trained domain. • Only a remark.')
    expect(plain).not.toContain('Click here')
    const resting = await words(0, [remark, assumed])
    expect(resting).toContain('inside, on assumptions rests on what is assumed reasons under Findings')
    expect(resting).toContain('if what is assumed holds. ▲ The rated capacity is assumed. State it. • Only a')
  })

  it('say SIMULATED where it is, and only there', async () => {
    const simulated = await wordsOf(sampleReport({ isSimulated: true }))
    expect(simulated).toContain('SIMULATED: this report rests on simulated data, not on a measured battery.')
    expect(simulated).toContain('pimoe-joint (SIMULATED training data)')
    expect(simulated.match(/SIMULATED · DRAFT/g)).toHaveLength(4)
    expect(await wordsOf(sampleReport())).not.toContain('SIMULATED')
  })

  it('say who signed, and what was corrected', async () => {
    const publicKey = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='
    const corrects = {
      revision: 1,
      releasedAt: '2026-11-20T10:00:00Z',
      sha256: 'd'.repeat(64),
      reason: 'Mistyped.',
    }
    const release = { number: '2026-00042', revision: 2, corrects, publicKey }
    const text = await wordsOf(changedReport(sampleReport(), { report: { release } }))
    expect(text).toContain('CORRECTION: takes the place of revision 1 of 2026-11-20 10:00 UTC')
    expect(text).toContain('Reason: Mistyped.')
    expect(text).toContain('2026-00042')
    expect(text).toContain(fingerprintOf(publicKey).slice(0, 32))
    expect(text).not.toContain('DRAFT')
  })

  it('say what is absent', async () => {
    const text = await wordsOf(hostileReports()[0][1])
    for (const words of ['not determinable', 'not performed', 'not stated', 'not stored', 'unknown']) {
      expect(text).toContain(words)
    }
  })

  it('state the energy where it is known, and why where it is not', async () => {
    const missing = 'no full discharge was recorded, no nominal voltage is stated'
    const none = await wordsOf(sampleReport())
    expect(none).toContain(`Remaining energy not performed: ${missing}`)
    expect(none).toContain('Rated energy not stated Wh')
    const report = sampleReport()
    const battery = { ...report.record.inputs.battery, serial: 'SN-77', nominalVoltage_V: 3.6 }
    const text = await wordsOf(changedReport(report, { inputs: { battery } }))
    for (const words of [
      'Remaining energy 10.47 Wh, 10.38–10.56 Wh (90 % interval); estimated: present capacity times the nominal',
      'Rated energy 12.6 Wh',
      'Serial no. SN-77',
      'Nominal voltage 3.6 V',
    ]) {
      expect(text).toContain(words)
    }
  })

  it('give Chinese, Japanese, Hebrew and Arabic names back', async () => {
    const report = sampleReport()
    const cell = { ...report.record.inputs.cell, name: '退役电池 7（东莞工厂） かなカナ' }
    const battery = { ...report.record.inputs.battery, maker: 'סוללות תל אביב 12', model: 'بطارية رقم 7' }
    const text = await wordsOf(changedReport(report, { inputs: { cell, battery } }))
    expect(text).toContain('退役电池 7（东莞工厂） かなカナ')
    const words = text.replaceAll(/[\u200E\u200F\u202A-\u202E]/g, '')
    // Words of a line are told from left to right, the letters of each in their own order.
    expect(words).toContain('Maker 12 אביב תל סוללות')
    expect(words).toContain('Model 7 رقم بطارية')
    expect(words).not.toContain('□')
  })

  it('show a box for a character that no typeface has, and say so', async () => {
    const report = sampleReport()
    const cell = { ...report.record.inputs.cell, name: '🔋한 7 µΩ' }
    const text = await wordsOf(changedReport(report, { inputs: { cell } }))
    expect(text).toContain('□□ 7 µΩ')
    expect(text).toContain('Each □ in a name stands for a character that no typeface of this report has')
  })
})

function printed({ record, manifest }: SampleReport): Promise<Uint8Array> {
  return cellReport(record, manifest)
}

async function wordsOf(report: SampleReport): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-report-'))
  try {
    const file = join(folder, 'report.pdf')
    writeFileSync(file, await printed(report))
    const text = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' })
    return text.replace(/\s+/g, ' ')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function pages(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  )
}
