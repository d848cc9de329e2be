import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openFilled } from '../support/openFilled.ts'
import type { OpenWindow } from '../support/openWindow.ts'

// Panels are as wide as they were left.
let window: OpenWindow

beforeAll(async () => {
  buildProgram()
  window = await openFilled(60)
}, 180_000)
afterAll(() => window.close())

const places = [
  { place: '/cells/cell-1', standard: 208, edge: 'Width of the list' },
  { place: '/scenarios', standard: 224, edge: 'Width of the list' },
  { place: '/grading', standard: 224, edge: 'Width of the list' },
  { place: '/models', standard: 224, edge: 'Width of the list' },
  { place: '/help', standard: 240, edge: 'Width of the contents' },
  { place: '/training', standard: 304, edge: 'Width of the presets' },
]

/** Names on the rail of places whose panels are alike. */
const heads: Readonly<Record<string, string>> = {
  '/scenarios': 'Scenarios',
  '/grading': 'Grading',
  '/models': 'Models',
}

async function open(place: string): Promise<void> {
  await window.page.evaluate((hash) => (location.hash = hash), `#${place}`)
}

function edgeOf(name: string): Locator {
  return window.page.getByRole('separator', { name, exact: true })
}

async function widthOf(edge: Locator): Promise<number> {
  return Number(await edge.getAttribute('aria-valuenow'))
}

/** What the panel measures on the screen, px. */
function measured(edge: Locator): Promise<number> {
  return edge.evaluate((element) => Math.round(element.parentElement?.getBoundingClientRect().width ?? 0))
}

it.each(places)('keeps the width of the panel of $place', async ({ place, standard, edge: name }) => {
  const { page } = window
  await open(place)
  // The edge of the place before has the same name, and may be there a moment longer.
  const heading = page.getByRole('link', { name: heads[place] }).and(page.locator('[aria-current=page]'))
  if (place in heads) await heading.waitFor()
  const edge = edgeOf(name)
  await expect.poll(() => widthOf(edge)).toBe(standard)
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => widthOf(edge)).toBe(standard + 32)
  const shown = await measured(edge)
  await page.reload()
  await expect.poll(() => widthOf(edge)).toBe(standard + 32)
  await expect.poll(() => measured(edge)).toBe(shown)
  await edge.dblclick({ position: { x: 4, y: 200 } })
  await expect.poll(() => widthOf(edge)).toBe(standard)
})

it('follows the pointer from either side, within its limits', async () => {
  const { page } = window
  await open('/library')
  await page.getByRole('checkbox', { name: /NCA-00001/ }).click()
  const edge = edgeOf('Width of the details')
  const [before, box] = [await widthOf(edge), (await edge.boundingBox())!]
  await page.mouse.move(box.x + 4, box.y + 300)
  await page.mouse.down()
  await page.mouse.move(box.x + 4 - 60, box.y + 300)
  await page.mouse.up()
  expect(await widthOf(edge)).toBe(before + 60)
  await edge.focus()
  await page.keyboard.press('Home')
  expect(await widthOf(edge)).toBe(Number(await edge.getAttribute('aria-valuemin')))
  await page.keyboard.press('End')
  expect(await widthOf(edge)).toBe(Number(await edge.getAttribute('aria-valuemax')))
})

it('leaves room for what it stands beside in a small window, and is as wide as before in a large one', async () => {
  const { page } = window
  await open('/cells/cell-1')
  const edge = edgeOf('Width of the list')
  await edge.focus()
  await page.keyboard.press('End')
  expect(await widthOf(edge)).toBe(400)
  await page.setViewportSize({ width: 1024, height: 640 })
  await expect.poll(() => measured(edge)).toBeLessThanOrEqual(1024 - 72 - 640)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1280, height: 720 })
  await expect.poll(() => measured(edge)).toBe(400)
})

it('keeps folded lots', async () => {
  const { page } = window
  await open('/library')
  await page.getByRole('button', { name: 'Group by lot' }).click()
  const lot = page.getByRole('row', { name: /2026-001/ }).first()
  await lot.click()
  await expect.poll(() => page.getByRole('row', { name: /NCA-00001/ }).count()).toBe(0)
  await page.reload()
  await lot.waitFor()
  expect(await page.getByRole('row', { name: /NCA-00001/ }).count()).toBe(0)
})

it.each(['light', 'dark'] as const)('has no finding of axe, %s', async (colorScheme) => {
  const { page } = window
  await page.emulateMedia({ colorScheme })
  for (const { place, edge } of places) {
    await open(place)
    await edgeOf(edge).waitFor()
    expect(await violationsOf(page)).toEqual([])
  }
  expect(window.complaints).toEqual([])
})
