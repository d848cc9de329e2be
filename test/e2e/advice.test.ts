import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pimoe } from '../integration/cli/pimoe.ts'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { needsShared, sharedData } from '../support/shared.ts'

const shots = process.env['PIMOE_SHOTS']
const file = sharedData('UL-NCA', 'CY25-05_1-#1.csv')

// Only the shipped model rests on evidence and knows what a further measurement brings; it knows no simulated cell.
describe.skipIf(file === null)(`a real cell and the shipped model${needsShared}`, () => {
  let folder: string
  let window: OpenWindow

  beforeAll(async () => {
    buildProgram()
    folder = mkdtempSync(join(tmpdir(), 'pimoe-Rat-'))
    const library = join(folder, 'Bücherei')
    const words = ['import', file ?? '', '--chemistry', 'NCA', '--nominal-capacity', '3.5']
    expect((await pimoe(words, library)).code).toBe(0)
    window = await openWindow({ library, testModel: false })
  }, 180_000)
  afterAll(async () => {
    await window.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('are told which further measurement would narrow the interval most, by how much, and what becomes of the grade', async () => {
    const { page } = window
    await page.getByRole('row', { name: /CY25-05_1/ }).click()
    const verdict = page.getByRole('region', { name: 'Verdict' })
    await verdict.getByRole('heading', { name: 'What would narrow it most' }).waitFor()
    await verdict.getByText('One full discharge that measures the capacity.').waitFor()
    const told = await verdict.getByText(/^The interval after \d+ cycles/).innerText()
    const [then = NaN, now = NaN] = [...told.matchAll(/(\d+\.\d+) Ah/g)].map(([, Ah]) => Number(Ah))
    expect(then).toBeLessThan(now)
    await verdict.getByText('Grade: stays C.').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violationsOf(page)).toEqual([])
      if (shots !== undefined) await page.screenshot({ path: join(shots, `advice-${colorScheme}.png`) })
    }
  })

  it('never complain', () => {
    expect(window.complaints).toEqual([])
  })
})
