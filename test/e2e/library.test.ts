import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openFilled } from '../support/openFilled.ts'
import type { OpenWindow } from '../support/openWindow.ts'

const shots = process.env['PIMOE_SHOTS']

let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openFilled(600)
  page = window.page
}, 240_000)

afterAll(() => window.close())

const row = (name: string | RegExp): Locator => page.getByRole('row', { name })
const count = (text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor()
const panel = () => page.getByRole('complementary', { name: 'Details' })

async function choose(menu: string, item: RegExp): Promise<void> {
  await page.locator(`button[aria-haspopup=listbox][aria-label="${menu}"]`).click()
  await page.getByRole('option', { name: item }).click()
  await page.keyboard.press('Escape')
}

async function shot(name: string): Promise<void> {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) })
  }
}

describe('library of many cells', () => {
  it('shows few rows of many, and the right ones wherever it is scrolled', async () => {
    await count('600 cells')
    expect(await page.getByRole('row').count()).toBeLessThan(80)
    await row(/NCA-00001/).focus()
    await page.keyboard.press('End')
    await row(/NCA-00600/).waitFor()
    await page.keyboard.press('Home')
    await row(/NCA-00001/).waitFor()
  })

  it('searches as it is typed, and filters by what cells have', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('sn0012')
    await count('10 of 600 cells')
    await page.keyboard.press('Escape')
    await count('600 cells')
    await choose('Chemistry', /^NCA \(150\)/)
    await count('150 of 600 cells')
    await choose('Tag', /^retest/)
    await count('30 of 600 cells')
    await shot('library-filtered')
    await page.getByRole('button', { name: 'Clear search and filters' }).click()
    await count('600 cells')
  })

  it('keeps the chosen columns and the order, through a reload', async () => {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Serial' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'SOH (%)' }).click()
    await page.reload()
    await page.getByRole('columnheader', { name: 'Serial' }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'SOH (%)' }).getAttribute('aria-sort')).toBe(
      'ascending',
    )
    await page.getByRole('button', { name: 'Name' }).click()
  })

  it('groups by lot, folds, and selects a lot at once', async () => {
    await page.getByRole('button', { name: 'Group by lot' }).click()
    const lot = row('2026-001, 250 cells')
    await lot.click()
    await row(/NCA-00251/).waitFor()
    expect(await row(/NCA-00001/).count()).toBe(0)
    await page.getByRole('checkbox', { name: 'Select 2026-001' }).click()
    await page.getByText('250 selected').first().waitFor()
    await shot('library-lots')
    await page.getByRole('checkbox', { name: 'Select 2026-001' }).click()
    await page.getByRole('button', { name: 'Group by lot' }).click()
  })

  it('edits many at once, each field saved when it is left', async () => {
    for (const number of [1, 2, 3])
      await page.getByRole('checkbox', { name: `Select NCA-0000${number}` }).click()
    await panel().getByText('3 cells selected').waitFor()
    expect(await page.getByRole('checkbox', { name: 'Select NCA-00003' }).isChecked()).toBe(true)
    expect(await panel().getByLabel('Maker').getAttribute('placeholder')).toBe('various')
    await panel().getByLabel('Lot').fill('Nachtrag ö')
    await panel().getByLabel('Lot').press('Tab')
    await panel().getByText('Lot saved').waitFor()
    await row(/NCA-00003.*Nachtrag ö/).waitFor()
    await panel().getByLabel('Add a tag').fill('hot')
    await panel().getByLabel('Add a tag').press('Enter')
    await panel().getByText('Tags saved').waitFor()
    await page.getByRole('button', { name: 'Undo tag “hot” of 3 cells' }).waitFor()
    await shot('library-several')
  })

  it('undoes and redoes by keyboard, and names what it takes back', async () => {
    await row(/NCA-00001/).focus()
    await page.keyboard.press('Control+z')
    await page.getByText('Undone: tag “hot” of 3 cells').first().waitFor()
    await page.getByRole('button', { name: 'Undo lot “Nachtrag ö” of 3 cells' }).waitFor()
    await page.keyboard.press('Control+z')
    await row(/NCA-00003.*2026-001/).waitFor()
    await page.keyboard.press('Control+Shift+Z')
    await row(/NCA-00003.*Nachtrag ö/).waitFor()
    await page.getByRole('button', { name: 'Redo tag “hot” of 3 cells' }).click()
    await row(/NCA-00003.*hot/).waitFor()
  })

  it('removes, and brings back after a reload', async () => {
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await count('597 cells')
    await page.reload()
    await page.getByRole('button', { name: 'Undo removal of 3 cells' }).click()
    await count('600 cells')
  })

  it('edits one cell by keyboard alone', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('NCA-00007')
    await count('1 of 600 cells')
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate(() => document.activeElement?.getAttribute('data-row'))) === '0') break
    }
    await page.keyboard.press('Space')
    await panel().getByLabel('Notes').fill('Dent at the − end')
    await panel().getByLabel('Notes').press('Tab')
    await panel().getByText('Notes saved').waitFor()
    await panel().getByLabel('Nominal voltage').fill('3,6')
    await panel().getByLabel('Nominal voltage').press('Tab')
    await panel().getByText('Nominal voltage saved').waitFor()
    await shot('library-one')
    await page.getByRole('button', { name: 'Undo nominal voltage of NCA-00007' }).waitFor()
    await panel().getByLabel('Nominal voltage').fill('-1')
    await panel().getByLabel('Nominal voltage').press('Tab')
    await panel().getByText('above 0, up to 1000 V').waitFor()
    await page.getByRole('button', { name: 'Undo nominal voltage of NCA-00007' }).waitFor()
    await page.getByRole('checkbox', { name: 'Select NCA-00007' }).click()
    await page.getByRole('textbox', { name: /Search name/ }).fill('')
  })

  it.each(['light', 'dark'] as const)('has no finding of axe in the %s theme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await page.getByRole('checkbox', { name: 'Select NCA-00002' }).check()
    await panel().waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Group by lot' }).click()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Group by lot' }).click()
    await page.getByRole('checkbox', { name: 'Select NCA-00002' }).uncheck()
  })

  it('walks the list beside an open cell, and finds cells in the palette', async () => {
    await row(/NCA-00400/)
      .or(row(/NCA-00001/))
      .first()
      .click()
    await page.getByRole('navigation', { name: 'Cells' }).getByRole('link').first().waitFor()
    expect(await page.getByRole('navigation', { name: 'Cells' }).getByRole('link').count()).toBeLessThan(80)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('NCA-00599')
    await page.getByRole('option', { name: 'NCA-00599' }).click()
    await page.getByRole('heading', { level: 1, name: 'NCA-00599' }).waitFor()
    await page
      .getByRole('link', { name: /^NCA-00599/ })
      .first()
      .waitFor()
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
