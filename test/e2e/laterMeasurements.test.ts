import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pimoe, samples } from '../integration/cli/pimoe.ts'
import { seriousFindings } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { splitRecord } from '../support/splitRecord.ts'

// A cell that is measured again: by mouse in the light theme, by keyboard alone in the dark one.
describe.each(['light', 'dark'] as const)('a cell measured again, in the %s theme', (colorScheme) => {
  let folder: string
  let later: string
  let window: OpenWindow
  let page: Page

  beforeAll(async () => {
    buildProgram()
    folder = mkdtempSync(join(tmpdir(), 'pimoe-später-'))
    const library = join(folder, 'Bücherei')
    const sample = join(samples, 'SIM-NCA', 'CY25-05_1-#4.csv.gz')
    const files = splitRecord(sample, { folder, rows: 30, until: 60 })
    later = files.later
    const words = ['import', files.first, '--chemistry', 'NCA', '--nominal-capacity', '3.5']
    expect((await pimoe(words, library)).code).toBe(0)
    expect((await pimoe(['assess', 'Erste-#1', '--cycle', '20'], library)).code).toBe(0)
    window = await openWindow({ library, testModel: false, colorScheme })
    page = window.page
    await page.getByRole('row', { name: /Erste/ }).click()
    await page.getByRole('heading', { name: 'Gate weights' }).waitFor()
  }, 180_000)
  afterAll(async () => {
    await window.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  const table = () => page.getByRole('table', { name: 'Forecasts against later measurements' })

  /** The forecast from a cycle. */
  const rowOf = (cycle: number) =>
    table()
      .locator('tbody tr')
      .filter({ has: page.getByRole('cell', { name: String(cycle), exact: true }) })
      .first()

  async function press(name: string): Promise<void> {
    if (colorScheme === 'light') return page.getByRole('button', { name, exact: true }).click()
    await tabTo(page, new RegExp(`^${name}$`))
    await page.keyboard.press('Enter')
  }

  it('tells that the forecast from cycle 20 was met, and the last one was not', async () => {
    await expect.poll(() => rowOf(20).innerText()).toMatch(/afterwards/)
    await expect.poll(() => rowOf(31).innerText()).toMatch(/nothing measured later/)
    expect(await seriousFindings(page)).toEqual([])
  })

  it('takes a later record of the same cell', async () => {
    await press('Add measurement')
    await page.getByRole('form', { name: 'Later record' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Choose files…')])
    await chooser.setFiles(later)
    await page.getByText('NCA · 3.5 Ah · 60 cycles').waitFor()
    await expect.poll(() => rowOf(31).innerText()).toMatch(/\s30\s+[+−]?\d\.\d\d %\s+\d\.\d\d %\s+\d+ of 30$/)
  })

  it('draws the earlier forecasts behind it, and brings one forward', async () => {
    await page.getByRole('img', { name: /earlier forecasts are pale\./ }).waitFor()
    const show = page.getByRole('button', { name: /^Show the forecast from cycle 31/ })
    if (colorScheme === 'light') await show.click()
    else {
      await show.focus()
      await page.keyboard.press('Space')
    }
    await page.getByRole('img', { name: /from cycle 31 is brought forward/ }).waitFor()
    expect(await show.getAttribute('aria-pressed')).toBe('true')
  })

  it('starts from a measured capacity, and takes it back', async () => {
    await press('Add measurement')
    await page.getByLabel('Capacity', { exact: true }).fill('3,05')
    await press('State')
    await page.getByText('3.050 Ah stated').first().waitFor()
    const verdict = page.getByRole('region', { name: 'Verdict' })
    await expect.poll(() => verdict.innerText()).toMatch(/3\.050 Ah/)
    await expect.poll(() => verdict.innerText()).toMatch(/measured/)
    await press('Add measurement')
    await press('Take back 3.050 Ah at cycle 61')
    await expect.poll(() => verdict.innerText()).toMatch(/estimated/)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Undo states it again, redo takes it back, as with any other change.
    await page.keyboard.press('Control+z')
    await expect.poll(() => verdict.innerText()).toMatch(/^State of health\s+measured[^]*3\.050 Ah/)
    await page.getByText('Undone: measured capacity').first().waitFor()
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => verdict.innerText()).toMatch(/estimated/)
  })

  it('keeps a forecast by hand', async () => {
    const before = await table().getByRole('row').count()
    await page.getByRole('textbox', { name: 'Threshold' }).fill('75')
    await press('Keep forecast')
    await page.getByText('Forecast kept').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await table().getByRole('row').count()).toBeGreaterThanOrEqual(before)
  })

  it('sums the scores on the page of the model', async () => {
    await page.keyboard.press('Alt+6')
    await page.getByRole('link', { name: /demo/ }).click()
    const sums = page.getByRole('table', { name: 'Met by later measurements' })
    await expect
      .poll(() => sums.getByRole('row', { name: /^beforehand/ }).innerText())
      .toMatch(/%\s+\d+\.\d %$/)
    expect(await seriousFindings(page)).toEqual([])
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
