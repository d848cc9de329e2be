import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

const shots = process.env['PIMOE_SHOTS']

let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openWindow()
  page = window.page
  page.setDefaultTimeout(20_000)
}, 240_000)

afterAll(() => window.close())

const strip = () => page.getByRole('complementary', { name: 'Five-minute tour' })
const asked = (title: string) => strip().getByText(title, { exact: true }).waitFor()

/** The frame stands around what has this name. */
async function pointsAt(selector: string): Promise<void> {
  await expect
    .poll(async () => {
      const ring = await page.locator('[data-guide-ring]').boundingBox()
      const place = await page.locator(selector).first().boundingBox()
      if (ring === null || place === null) return false
      // Cut off where a panel ends.
      return [place.x - ring.x, place.y - ring.y].every((room) => room > -1 && room < 5)
    })
    .toBe(true)
}

async function shot(name: string): Promise<void> {
  if (shots === undefined) return
  await page.waitForTimeout(400)
  for (const [width, height, colorScheme] of [
    [1280, 720, 'light'],
    [1920, 1080, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) })
  }
  await page.setViewportSize({ width: 1280, height: 720 })
}

describe('the five-minute tour, by keyboard alone', () => {
  it('begins at the first-run screen and points at the first thing to do', async () => {
    await shot('tour-first-run')
    await tabTo(page, /^Take the five-minute tour$/)
    await page.keyboard.press('Enter')
    await asked('Begin with the sample cells')
    await pointsAt('[data-guide=samples]')
    expect(await violationsOf(page)).toEqual([])
    await shot('tour-samples')
    await page.keyboard.press('F6')
    await page.keyboard.press('Enter')
    await asked('Open a cell')
  })

  it('goes on when a cell is opened, and lets its answer be read', async () => {
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
    await pointsAt('[data-cell]')
    await page.keyboard.press('F6')
    await tabTo(page, /^Show me$/)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await asked('Read the verdict')
    await pointsAt('[data-guide=verdict]')
    await shot('tour-verdict')
    await page.keyboard.press('F6')
    await tabTo(page, /^Next$/)
    await page.keyboard.press('Enter')
    await asked('Read the curve')
    await pointsAt('[data-guide=trajectory]')
    await tabTo(page, /^Back$/)
    await page.keyboard.press('Enter')
    await asked('Read the verdict')
    await tabTo(page, /^Next$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Next$/)
    await page.keyboard.press('Enter')
    await asked('Make a plan')
  })

  it('goes on when a plan was made and its edge moved, also through a reload', async () => {
    await pointsAt('nav a[href$="#/scenarios"]')
    await page.keyboard.press('F6')
    await page.keyboard.press('F6')
    await page.keyboard.press('Enter')
    await pointsAt('[data-guide=first-scenario]')
    await page.keyboard.press('F6')
    await page.keyboard.press('F6')
    await page.keyboard.press('Enter')
    await asked('Edit the plan')
    await page.reload()
    await asked('Edit the plan')
    await pointsAt('[data-guide=edge]')
    await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
    await shot('tour-edit')
    await page.getByRole('slider', { name: 'End of block 1, cycles' }).focus()
    await page.keyboard.press('ArrowLeft')
    await asked('Choose two cells')
  })

  it('leads to the comparison of two cells and the saved figure', async () => {
    await page.keyboard.press('Alt+1')
    await page.getByRole('row', { name: /retired-A/ }).waitFor()
    await pointsAt('[data-cell]')
    for (const name of [/retired-A/, /retired-B/]) {
      await page.getByRole('row', { name }).focus()
      await page.keyboard.press('Space')
    }
    await asked('Compare them')
    await pointsAt('[data-guide=compare]')
    await page.locator('[data-guide=compare]').press('Enter')
    await asked('Put your plan beside them')
    await pointsAt('[data-guide=add-scenario]')
    await page.locator('[data-guide=add-scenario]').press('Enter')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await asked('Take the figure away')
    await page.getByRole('table', { name: 'Cells × scenarios' }).waitFor()
    await pointsAt('[data-guide=save-figure]')
    expect(await violationsOf(page)).toEqual([])
    await shot('tour-save')
    await page.locator('[data-guide=save-figure]').press('Enter')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Save as PNG' }).press('Enter'),
    ])
    expect(download.suggestedFilename()).toBe('comparison trajectories.png')
    await asked('That is the main job')
    await page.getByText('last saved to the browser’s downloads folder').waitFor()
    await shot('tour-end')
    await strip().getByRole('button', { name: 'Open help' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
    expect(await strip().count()).toBe(0)
  })

  it('begins anew from the commands, passes over what was done, and can be ended', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('five-minute')
    await page.keyboard.press('Enter')
    await asked('Open a cell')
    await strip().getByRole('button', { name: 'End the tour' }).press('Enter')
    await expect.poll(() => strip().count()).toBe(0)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
    expect(await strip().count()).toBe(0)
  })
})

describe('the help page', () => {
  it('opens by F1, leads to its sections, and says where the data lie', async () => {
    await page.keyboard.press('Alt+1')
    await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor()
    await page.keyboard.press('F1')
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
    await shot('help')
    await page
      .getByRole('navigation', { name: 'Contents' })
      .getByRole('link', { name: 'Words' })
      .press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Words')
    await shot('help-words')
    expect(await page.getByText(window.library, { exact: true }).count()).toBeGreaterThan(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violationsOf(page)).toEqual([])
    }
    await page
      .getByRole('navigation', { name: 'Contents' })
      .getByRole('link', { name: 'When' })
      .press('Enter')
    await shot('help-trouble')
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
