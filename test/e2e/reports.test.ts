import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

beforeAll(() => buildProgram(), 120_000)

describe('reports in the window', () => {
  let window: OpenWindow
  let released: Download
  beforeAll(async () => {
    window = await openWindow()
    const { page } = window
    await page.getByRole('link', { name: 'Reports' }).click()
    await page.getByText('No report was released yet.').waitFor()
    await page.getByRole('link', { name: 'Library' }).click()
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
    await select('retired-A')
    const maker = page.getByRole('complementary', { name: 'Details' }).getByLabel('Maker')
    await maker.fill('Zellwerk Süd')
    await maker.press('Enter')
    await page
      .getByText(/Maker.*saved|saved.*maker/i)
      .first()
      .waitFor()
    await page.getByRole('checkbox', { name: 'Select retired-A' }).uncheck()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).click()
    await page.getByRole('heading', { name: 'State of health' }).waitFor()
  }, 120_000)
  afterAll(() => window.close())

  async function select(name: string): Promise<void> {
    await window.page.getByRole('checkbox', { name: `Select ${name}` }).check()
  }

  async function saved(press: () => Promise<void>): Promise<Download> {
    const [download] = await Promise.all([window.page.waitForEvent('download'), press()])
    return download
  }

  async function pictures(name: string): Promise<void> {
    const folder = process.env['PIMOE_SHOTS']
    if (folder === undefined) return
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.page.emulateMedia({ colorScheme })
      await window.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
    }
    await window.page.emulateMedia({ colorScheme: 'light' })
  }

  it('shows every page before it is released, as it is written', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Report', exact: true }).click()
    const form = page.getByRole('form', { name: 'Battery report' })
    await page.getByRole('img', { name: 'Page 1 of 4' }).waitFor()
    await form.getByLabel('Laboratory').fill('Halle 3')
    expect(await form.getByLabel('Maker').inputValue()).toBe('Zellwerk Süd')
    await form.getByLabel('Condition').uncheck()
    await page.getByRole('img', { name: 'Page 1 of 3' }).waitFor()
    const inked = (): Promise<boolean> =>
      page.getByRole('img', { name: 'Page 1 of 3' }).evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        return data.some((value, i) => i % 4 === 0 && value < 64)
      })
    await expect.poll(inked).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await pictures('report-dialog')
    released = await saved(() => page.getByRole('button', { name: 'Release' }).click())
    expect(readFileSync(await released.path(), 'latin1')).toContain('"name": "Halle 3"')
  }, 180_000)

  it('lists what was released, saves it again, and verifies a file', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Reports' }).click()
    const again = await saved(() =>
      page.getByRole('button', { name: /^Save \d{4}-00001, revision 1$/ }).click(),
    )
    const bytes = readFileSync(await again.path())
    expect(bytes.equals(readFileSync(await released.path()))).toBe(true)

    const folder = temporaryFolder()
    const forged = join(folder, 'forged.pdf')
    writeFileSync(
      forged,
      bytes.toString('latin1').replace('"name": "Halle 3"', '"name": "Halle 4"'),
      'latin1',
    )
    const whole = join(folder, 'whole.pdf')
    writeFileSync(whole, bytes)
    for (const [file, words] of [
      [whole, 'Identical: every byte'],
      [forged, 'It differs:'],
    ]) {
      const chosen = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Choose a PDF…' }).click()
      await (await chosen).setFiles(file)
      await page.getByText(words).waitFor()
    }
    await page.getByText('Signed with the key of this library').waitFor()
    await pictures('reports')
  }, 120_000)

  it('prints a lot, and results for other programs', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Library' }).click()
    await select('retired-A')
    await select('retired-B')
    await page.getByRole('button', { name: 'Report…' }).click()
    await page.getByRole('radio', { name: 'Those selected in the library: 2' }).check()
    const lot = page.getByRole('form', { name: 'Report of a lot' })
    await lot.getByLabel('Name of the lot').fill('Lot 7')
    await lot.getByLabel('Batteries of a group').fill('2')
    const paper = await saved(() => lot.getByRole('button', { name: 'Make the report' }).click())
    expect(paper.suggestedFilename()).toBe('Lot 7.pdf')
    expect(readFileSync(await paper.path(), 'latin1').slice(0, 5)).toBe('%PDF-')
    await page.getByText('of 2 batteries assessed').first().waitFor()
    const results = await saved(() => page.getByRole('button', { name: 'Save JSON' }).click())
    const { schema } = JSON.parse(readFileSync(await results.path(), 'utf8')) as { schema: string }
    expect(schema).toBe('pimoe-results/1')
    expect(window.complaints).toEqual([])
  }, 120_000)
})
