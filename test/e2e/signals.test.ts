import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '../integration/cli/pimoe.ts'
import { seriousFindings } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

describe.each(['light', 'dark'] as const)('what an answer rests on, in the %s theme', (colorScheme) => {
  let window: OpenWindow
  let page: Page

  beforeAll(async () => {
    buildProgram()
    window = await openWindow({ colorScheme })
    page = window.page
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
    await page.getByText('No jobs').waitFor()
    await page.getByRole('row', { name: /retired-A/ }).click()
    await page.getByRole('heading', { name: 'Gate weights' }).waitFor()
  }, 180_000)
  afterAll(() => window.close())

  it('draws the whole record with the used cycle shaded, its peaks kept', async () => {
    const figure = page.getByRole('img', { name: /^Voltage .* The cycle above is shaded\.$/ })
    await figure.waitFor()
    expect(await figure.getAttribute('aria-label')).toMatch(
      /Of \d+ rows the peaks of each stretch are drawn\. The file tells no temperature\./,
    )
    expect(await seriousFindings(page)).toEqual([])
  })

  it('says which cycle, window and rest, and what was assumed, by keyboard alone', async () => {
    await tabTo(page, /^What it rests on$/)
    await page.keyboard.press('Enter')
    const verdict = page.getByRole('region', { name: 'Verdict' })
    await expect
      .poll(() => verdict.innerText())
      .toMatch(/Cycle \d+: charge curve 3\.6–4\.15 V, \d+ min of relaxation in \d+ samples/)
    expect(await verdict.innerText()).toMatch(/Assumed\s+The chemistry was not stated/)
    expect(await seriousFindings(page)).toEqual([])
  })

  it('says what is kept of a file without signals', async () => {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Add files…' }).click(),
    ])
    await chooser.setFiles(join(samples, 'SIM-NCA', 'CY25-05_1-#5.csv.gz'))
    await page
      .getByRole('row', { name: /CY25-05_1-#5/ })
      .getByRole('link', { name: 'Open the cell' })
      .click()
    await page.getByText('Only the derived cycles of this file are kept').waitFor()
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
