import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

beforeAll(() => buildProgram(), 180_000)

// One window, used as a person uses it: each step rests on the ones before.
describe.each(['light', 'dark'] as const)('the comparison in the %s theme', (colorScheme) => {
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow({ colorScheme })
    page = window.page
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
    await page.getByRole('row', { name: /retired-B.*\d\.\d/ }).waitFor()
    await page.getByRole('checkbox', { name: 'Select all shown' }).check()
    await page.getByRole('button', { name: 'Compare' }).click()
    await ranking().getByRole('row').nth(3).waitFor()
  }, 120_000)
  afterAll(() => window.close())

  const ranking = (): Locator => page.getByRole('table', { name: 'Cells × scenarios' })
  const current = (): Promise<string | null> =>
    page.locator('tr[aria-current=true]').first().getAttribute('id')

  it('ranks by what is surpassed with a chosen confidence', async () => {
    await page.getByLabel('Rank by').click()
    await page.getByRole('option', { name: 'SOH at the end' }).click()
    await page.getByLabel('Surpassed with').click()
    await page.getByRole('option', { name: '80 % (P20)' }).click()
    await expect.poll(() => page.url()).toContain('confidence=p20')
    await expect.poll(() => ranking().getByRole('row').nth(1).innerText()).toMatch(/^\s*1[\s\S]*−?\d+\.\d %/)
    expect(await violationsOf(page)).toEqual([])
  })

  it('tells cycles to every threshold', async () => {
    await page.getByRole('radio', { name: 'Crossings' }).check()
    const table = page.getByRole('table', { name: 'Cycles to each threshold' })
    await table.getByRole('columnheader', { name: 'to 70 %' }).waitFor()
    expect(await table.getByRole('row').count()).toBe(4)
    expect(await violationsOf(page)).toEqual([])
  })

  it('puts cells that stay alike into groups', async () => {
    await page.getByRole('radio', { name: 'Matching' }).check()
    const groups = page.getByRole('table', { name: 'Groups of cells that stay alike' })
    await groups.getByRole('row').nth(1).waitFor()
    expect(await groups.getByRole('row').count()).toBe(2)
    await page.getByText(/Without a group: /).waitFor()
    await groups.getByRole('row').nth(1).hover()
    await page.getByLabel('Cells in a group').fill('9')
    await page.getByText('Choose more cells than a group holds.').waitFor()
    await page.getByLabel('Cells in a group').fill('3')
    await expect.poll(() => groups.getByRole('row').count()).toBe(2)
    expect(await violationsOf(page)).toEqual([])
  })

  it('draws a panel for each cell on shared axes', async () => {
    await page.getByRole('radio', { name: 'By cell' }).check()
    await page.getByRole('img', { name: /3 panels by cell, shared axes/ }).waitFor()
    await page.getByRole('radio', { name: 'Ranking' }).check()
    await ranking().waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('radio', { name: 'Overlay' }).check()
  })

  it('links table and chart: a curve under the pointer lights its row, a click keeps it', async () => {
    const last = ranking().getByRole('row').last()
    await last.hover()
    await expect.poll(() => last.getAttribute('aria-current')).toBe('true')
    const box = (await page.getByRole('img', { name: /trajectories/ }).boundingBox())!
    const found = new Set<string | null>()
    for (let step = 1; step < 40; step++) {
      await page.mouse.move(box.x + box.width * 0.6, box.y + (box.height * step) / 40)
      found.add(await current())
    }
    expect(found.size).toBeGreaterThan(1)
    await last.click({ position: { x: 400, y: 8 } })
    await page.mouse.move(5, 5)
    await expect.poll(() => last.getAttribute('aria-current')).toBe('true')
  })

  it('is driven by keyboard alone', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    const kind = (): Promise<string | null> =>
      page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value ?? null)
    for (let press = 0; press < 60 && (await kind()) !== 'overlay'; press++) await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('img', { name: /trajectories/ }).waitFor()
    await expect.poll(() => page.url()).toContain('view=scenario')
    await tabTo(page, /^1\s*\S/)
    const first = await page.evaluate(() => document.activeElement?.id ?? '')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+Tab')
    await expect.poll(current).toBe(first)
    expect(first).toMatch(/^row-/)
  })

  it('shows what takes long as a job, and can be told to stop', async () => {
    const before = await ranking().getByRole('row').count()
    const held = (request: string) => (request.includes('comparisons/run') ? 'held' : 'let through')
    await page.route('**/rpc', (route) =>
      held(route.request().postData() ?? '') === 'held' ? undefined : route.continue(),
    )
    await page.getByLabel('Cycles ahead').fill('5')
    const job = page.getByRole('main').getByRole('progressbar', { name: 'Comparing' })
    await job.waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Cancelled.').waitFor()
    await page.unroute('**/rpc')
    await page.getByRole('button', { name: 'Try again' }).click()
    await ranking()
      .getByRole('row')
      .nth(before - 1)
      .waitFor()
    await page.getByRole('img', { name: /trajectories/ }).waitFor()
    await expect.poll(() => job.count()).toBe(0)
  })

  it('says at the foot of the window whose answers they are', async () => {
    await page.getByRole('contentinfo').getByText('model demo').waitFor()
  })

  it('saves the table with every threshold', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save table as CSV' }).click(),
    ])
    const [heading] = readFileSync(await download.path(), 'utf8').split('\r\n')
    expect(heading).toContain('70 % P90 (cycles)')
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
