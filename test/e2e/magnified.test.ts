import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { sideways } from '../support/keyboard.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { places } from '../support/places.ts'

beforeAll(() => buildProgram(), 600_000)

async function addSamples(page: Page): Promise<void> {
  page.setDefaultTimeout(120_000)
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  await page.getByRole('row', { name: /retired-A/ }).waitFor()
}

function goTo(page: Page, place: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
}

// 1280×720 at 200 %.
describe('a window magnified to twice its size', () => {
  let window: OpenWindow
  beforeAll(async () => {
    window = await openWindow({ viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 })
    await addSamples(window.page)
  }, 240_000)
  afterAll(() => window.close())

  it('is read without scrolling sideways, in every place', async () => {
    for (const place of places) {
      await goTo(window.page, place)
      await window.page
        .getByRole('link', { name: place, exact: true })
        .and(window.page.locator('[aria-current]'))
        .waitFor()
      expect([place, await sideways(window.page)]).toEqual([place, 0])
    }
  })

  it('shows a cell below the list of cells', async () => {
    await goTo(window.page, 'Library')
    await window.page.getByRole('row', { name: /retired-A/ }).click()
    await window.page.getByRole('heading', { name: 'State of health' }).waitFor()
    expect(await sideways(window.page)).toBe(0)
    const list = await window.page.getByRole('complementary').boundingBox()
    const title = await window.page.getByRole('heading', { name: 'retired-A' }).boundingBox()
    expect(title?.y).toBeGreaterThanOrEqual((list?.y ?? NaN) + (list?.height ?? NaN))
    expect(window.complaints).toEqual([])
  })
})

describe('a system with colours of its own', () => {
  let window: OpenWindow
  beforeAll(async () => {
    window = await openWindow({ forcedColors: 'active' })
    await addSamples(window.page)
  }, 240_000)
  afterAll(() => window.close())

  it('frames buttons, where one is, and what is chosen', async () => {
    const { page } = window
    function frame(name: string, role: 'button' | 'link' | 'row'): Promise<string> {
      return page
        .getByRole(role, { name })
        .first()
        .evaluate((element) => getComputedStyle(element).outlineStyle)
    }
    expect(await frame('Add files…', 'button')).toBe('solid')
    expect(await frame('Library', 'link')).toBe('solid')
    expect(await frame('Settings', 'link')).toBe('none')
    await page.getByRole('checkbox', { name: 'Select retired-A' }).check()
    expect(await frame('retired-A', 'row')).toBe('solid')
    await page.mouse.move(0, 0)
    expect(await violationsOf(page)).toEqual([])
    expect(window.complaints).toEqual([])
  })
})

it('tells in full, where the pointer rests, what is cut off', async () => {
  const window = await openWindow({ viewport: { width: 640, height: 360 } })
  const { page } = window
  await addSamples(page)
  const search = page.getByRole('textbox', { name: /Search/ }).first()
  const words = 'a search of many words that has no room in its field, and goes on'
  await search.fill(words)
  await search.hover()
  expect(await search.getAttribute('title')).toBe(words)
  await search.fill('short')
  await page.mouse.move(0, 0)
  await search.hover()
  expect(await search.getAttribute('title')).toBeNull()
  await window.close()
}, 240_000)
