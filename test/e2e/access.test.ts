import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { places } from '../support/places.ts'

beforeAll(() => buildProgram(), 120_000)

async function fillLibrary({ page }: OpenWindow): Promise<void> {
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  await expect.poll(() => page.getByRole('row', { name: /retired-A.*\d\.\d/ }).count()).toBe(1)
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  let window: OpenWindow
  beforeAll(async () => {
    window = await openWindow({ colorScheme })
  }, 60_000)
  afterAll(() => window.close())

  it('follows the system, and the choice of the user', async () => {
    const isDark = (): Promise<boolean> =>
      window.page.evaluate(() => document.documentElement.classList.contains('dark'))
    expect(await isDark()).toBe(colorScheme === 'dark')
    const other = colorScheme === 'dark' ? 'light' : 'dark'
    await window.page.emulateMedia({ colorScheme: other })
    await expect.poll(isDark).toBe(other === 'dark')
    await window.page.emulateMedia({ colorScheme })
    await expect.poll(isDark).toBe(colorScheme === 'dark')
  })

  it('has no serious finding where nothing is yet', async () => {
    expect(await seriousFindings(window.page)).toEqual([])
    await fillLibrary(window)
  })

  it.each(places)('has no serious finding in %s', async (place) => {
    const { page } = window
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
    if (place === 'Scenarios') {
      await page.getByRole('button', { name: 'New scenario' }).last().click()
      await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
    }
    if (place === 'Grading') await page.getByRole('table', { name: 'Batteries of each outcome' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('has no serious finding on a cell, in a comparison, and under the palette', async () => {
    const { page } = window
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Library' }).click()
    await page.getByRole('row', { name: /retired-A/ }).click()
    await page.getByRole('heading', { name: 'Gate weights' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Compare' }).last().click()
    await page.getByRole('table', { name: 'Cells × scenarios' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})

describe('by keyboard alone', () => {
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow()
    page = window.page
  }, 60_000)
  afterAll(() => window.close())

  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return ''
      return element.getAttribute('aria-label') ?? element.textContent.trim()
    })

  /** Presses Tab until the focus is where it should be; the focus is seen wherever it stands. */
  async function tabTo(wanted: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      if (wanted.test(await focused())) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`The focus never reached ${String(wanted)}`)
  }

  async function focusIsVisible(): Promise<boolean> {
    return page.evaluate(() => {
      const element = document.activeElement
      if (element === null) return false
      const { outlineStyle, boxShadow } = getComputedStyle(element)
      return outlineStyle !== 'none' || boxShadow !== 'none'
    })
  }

  it('adds the samples, opens a cell and prints its report', async () => {
    await tabTo(/^Add the sample cells$/)
    expect(await focusIsVisible()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /retired-B/ }).waitFor()
    await tabTo(/quick-test/)
    expect(await focusIsVisible()).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByText('1 selected').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'retired-A' }).waitFor()
    await page.getByRole('heading', { name: 'State of health' }).waitFor()
    await tabTo(/^Report$/)
    await page.keyboard.press('Enter')
    await tabTo(/^Release$/)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(download.suggestedFilename()).toMatch(/\.pdf$/)
  })

  it('walks from cell to cell, from place to place, and finds commands', async () => {
    await page.keyboard.press('Alt+1')
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('retired')
    await page.getByText('2 of 3 cells').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('retired-B')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'retired-B' }).waitFor()
    await tabTo(/^retired-B/)
    await page.keyboard.press('ArrowUp')
    await page.getByRole('heading', { level: 1, name: 'retired-A' }).waitFor()
    await page.keyboard.press('Alt+5')
    await page.getByRole('heading', { level: 1, name: 'Training' }).waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
