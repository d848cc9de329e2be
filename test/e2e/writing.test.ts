import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

beforeAll(() => buildProgram(), 120_000)

// One window, used as a person uses it: each step rests on the ones before.
describe('numbers and dates where the system is German', () => {
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow({ locale: 'de-DE' })
    page = window.page
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d,\d/ }).waitFor()
    await page.getByRole('row', { name: /retired-B.*\d,\d/ }).waitFor()
    await page.getByText('No jobs').waitFor()
  }, 120_000)
  afterAll(() => window.close())

  const goTo = (place: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
  const rate = (): Locator => page.getByRole('textbox', { name: 'Block 1, Charge (C)' })

  async function openCell(): Promise<void> {
    await goTo('Library')
    await page.getByRole('row', { name: /retired-A/ }).click()
    await page.getByRole('heading', { name: 'Gate weights' }).waitFor()
    await page.getByRole('img', { name: /The cycle above is shaded/ }).waitFor()
    await page.getByRole('button', { name: 'What it rests on' }).click()
  }

  it('have a comma in the library and, sentences of the program too, on a cell', async () => {
    expect(await written(page, '.')).toEqual([])
    await openCell()
    expect(await page.getByRole('region', { name: 'Verdict' }).innerText()).toMatch(/\d\d,\d\s*%/)
    await page.getByText(/relative to the rated 3,5 Ah/).waitFor()
    await page
      .getByText(/^\d\d\.\d\d\.\d{4}$/)
      .first()
      .waitFor()
    expect(await written(page, '.')).toEqual([])
    expect(await violationsOf(page)).toEqual([])
  })

  it('are taken with a comma or a point, and refused where thousands are set apart', async () => {
    await goTo('Scenarios')
    await page.getByRole('button', { name: 'New scenario' }).last().click()
    await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
    await rate().fill('0,25')
    await page
      .getByRole('slider', { name: 'Block 1, Charge' })
      .and(page.locator('[aria-valuenow="0.25"]'))
      .waitFor()
    await rate().fill('0.5')
    await page
      .getByRole('slider', { name: 'Block 1, Charge' })
      .and(page.locator('[aria-valuenow="0.5"]'))
      .waitFor()
    await rate().blur()
    expect(await rate().inputValue()).toBe('0,5')
    await rate().fill('1.234,5')
    await page.getByText('No sign between thousands: write 1234,5').waitFor()
    expect(await rate().getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('textbox', { name: 'Block 1, Cycles' }).fill('1.000')
    await page.getByText('No sign between thousands: write 12345').waitFor()
    await rate().fill('0,75')
    await page.getByRole('textbox', { name: 'Block 1, Cycles' }).fill('30')
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await written(page, '.')).toEqual([])
    expect(await violationsOf(page)).toEqual([])
  })

  it('have a comma in every table of a comparison', async () => {
    await goTo('Library')
    await page.getByRole('checkbox', { name: 'Select all shown' }).check()
    await page.getByRole('button', { name: 'Compare' }).click()
    const ranking = page.getByRole('table', { name: 'Cells × scenarios' })
    await expect.poll(() => ranking.innerText()).toMatch(/\d\d,\d\s+−?\d,\d{3}/)
    expect(await written(page, '.')).toEqual([])
    await page.getByRole('radio', { name: 'Matching' }).check()
    const groups = page.getByRole('table', { name: 'Groups of cells that stay alike' })
    await expect.poll(() => groups.innerText()).toMatch(/\d,\d\d/)
    expect(await written(page, '.')).toEqual([])
  })

  it('are international at once where that is chosen, on screen and in fields, and stay so', async () => {
    await goTo('Settings')
    await page.getByText(/^12\.345,6 · \d\d\.\d\d\.\d{4}, \d\d:\d\d$/).waitFor()
    await page.getByRole('radio', { name: /International/ }).check()
    expect(await violationsOf(page)).toEqual([])
    await openCell()
    expect(await page.getByRole('region', { name: 'Verdict' }).innerText()).toMatch(/\d\d\.\d\s*%/)
    await page
      .getByText(/^\d{4}-\d\d-\d\d$/)
      .first()
      .waitFor()
    expect(await written(page, ',')).toEqual([])
    await goTo('Scenarios')
    await expect.poll(() => rate().inputValue()).toBe('0.75')
    await page.reload()
    await expect.poll(() => rate().inputValue()).toBe('0.75')
  })

  it('never complain', () => {
    expect(window.complaints).toEqual([])
  })
})

/** Numbers on the page, read aloud ones too, with this decimal sign; dates and versions have two of them. */
function written(page: Page, sign: '.' | ','): Promise<string[]> {
  return page.evaluate((sign) => {
    const named = [...document.querySelectorAll('[aria-label], [title], [aria-valuetext]')].flatMap(
      (element) => ['aria-label', 'title', 'aria-valuetext'].map((name) => element.getAttribute(name) ?? ''),
    )
    const typed = [...document.querySelectorAll('input')].map(({ value }) => value)
    const lines = [...document.body.innerText.split('\n'), ...named, ...typed]
    return lines.filter((line) => {
      const numbers = line.replaceAll(/\d+\.\d+\.\d+/g, '')
      return (sign === '.' ? /\d\.\d/ : /\d,\d/).test(numbers)
    })
  }, sign)
}
