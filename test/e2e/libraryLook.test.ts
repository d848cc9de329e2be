import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../support/built.ts'
import { openFilled } from '../support/openFilled.ts'
import type { OpenWindow } from '../support/openWindow.ts'

let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openFilled(120)
  page = window.page
}, 240_000)

afterAll(() => window.close())

const row = (name: string | RegExp): Locator => page.getByRole('row', { name })
const count = (text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor()
const panel = () => page.getByRole('complementary', { name: 'Details' })

/** Whether an element is cut, by its own edge or by that of a part of it. */
const isCut = (one: Locator): Promise<boolean> =>
  one.evaluate((element) =>
    [element, ...element.querySelectorAll('*')].some(({ scrollWidth, clientWidth }) =>
      clientWidth > 0 ? scrollWidth > clientWidth : false,
    ),
  )

describe('the look of the library', () => {
  it('is as it was left for whoever comes back from a cell, with the row in sight', async () => {
    await page.getByRole('button', { name: 'SOH (%)' }).click()
    await page.locator('button[aria-haspopup=listbox][aria-label="Chemistry"]').click()
    await page.getByRole('option', { name: /^NCA \(30\)/ }).click()
    await page.keyboard.press('Escape')
    // The menu gives the focus back once it is closed, and typing follows the focus.
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-haspopup')))
      .toBe('listbox')
    await page.getByLabel('Search name, serial, lot, tag').fill('NCA-000')
    await count('25 of 120 cells')
    const last = page.locator('tr[data-cell]').last()
    const name = (await last.getByRole('checkbox').getAttribute('aria-label'))?.replace('Select ', '') ?? ''
    await last.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.goBack()
    await count('25 of 120 cells')
    expect(await page.getByLabel('Search name, serial, lot, tag').inputValue()).toBe('NCA-000')
    await row(new RegExp(name)).waitFor()
    const box = await row(new RegExp(name)).boundingBox()
    expect(box!.y + box!.height).toBeLessThanOrEqual(720)
    expect(await row(new RegExp(name)).getAttribute('tabindex')).toBe('0')
  })

  it('holds in the list beside an open cell, which is walked as it is filtered and ordered', async () => {
    const ordered = await page
      .locator('tr[data-cell] input')
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label')?.replace('Select ', '')))
    await row(new RegExp(ordered[0]!)).click()
    await count('25 of 120 cells')
    const list = page.getByRole('navigation', { name: 'Cells' })
    await list.locator('[aria-current=true]').press('ArrowDown')
    await page.getByRole('heading', { level: 1, name: ordered[1]! }).waitFor()
    await page.getByRole('button', { name: 'Clear search and filters' }).click()
    await count('120 cells')
    await page.getByRole('link', { name: 'Library' }).click()
    await count('120 cells')
  })

  it('keeps the end of a long name in sight, and the whole of it for a reader', async () => {
    const name = 'Rücklauf Süd 2026-11 Palette 14 Modul 03 Zelle 0412'
    await page.getByRole('checkbox', { name: 'Select NCA-00001' }).check()
    await panel().getByLabel('Name', { exact: true }).fill(name)
    await panel().getByLabel('Name', { exact: true }).press('Tab')
    await row(name).waitFor()
    const cell = page.getByRole('cell', { name, exact: true })
    const [outer, tail] = await Promise.all([
      cell.boundingBox(),
      cell.getByText('e 0412', { exact: true }).boundingBox(),
    ])
    expect(tail!.x + tail!.width).toBeLessThanOrEqual(outer!.x + outer!.width)
  })

  it('cuts no heading, whichever column is in order', async () => {
    await page.getByRole('button', { name: 'Columns' }).click()
    const hidden = page.getByRole('menuitemcheckbox', { checked: false })
    while ((await hidden.count()) > 0) await hidden.first().click()
    await page.keyboard.press('Escape')
    const heads = page.getByRole('columnheader').getByRole('button')
    for (let at = 0; at < (await heads.count()); at++) {
      await heads.nth(at).click()
      expect(await isCut(heads.nth(at)), await heads.nth(at).innerText()).toBe(false)
    }
    expect(window.complaints).toEqual([])
  })
})
