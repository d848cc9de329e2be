import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram, root } from '../support/built.ts'
import { sideways, tabTo, unseenStops } from '../support/keyboard.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { places } from '../support/places.ts'

beforeAll(() => buildProgram(), 180_000)

// No pointer is used here: every step is a key.
describe.each([
  ['light', 1280, 720],
  ['dark', 1280, 720],
  ['light', 1920, 1080],
  ['dark', 1920, 1080],
] as const)('by keyboard alone, %s at %i × %i', (colorScheme, width, height) => {
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-clés-'))
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow({ colorScheme, viewport: { width, height } })
    page = window.page
    page.setDefaultTimeout(60_000)
  }, 120_000)
  afterAll(async () => {
    await window.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  async function goTo(place: (typeof places)[number]): Promise<void> {
    await page.keyboard.press(`Alt+${(places.indexOf(place) + 1) % 10}`)
    await page
      .getByRole('link', { name: new RegExp(`^${place}`) })
      .and(page.locator('[aria-current]'))
      .first()
      .waitFor()
  }

  async function press(wanted: RegExp): Promise<void> {
    await tabTo(page, wanted)
    await page.keyboard.press('Enter')
  }

  async function choose(wanted: RegExp, files: string[]): Promise<void> {
    const chosen = page.waitForEvent('filechooser').then((chooser) => chooser.setFiles(files))
    await press(wanted)
    await chosen
  }

  async function isWhole(what: string): Promise<void> {
    expect([what, await violationsOf(page)]).toEqual([what, []])
    expect([what, await sideways(page)]).toEqual([what, 0])
    expect([what, await unseenStops(page)]).toEqual([what, []])
  }

  it('adds the sample cells to an empty library', async () => {
    await isWhole('empty library')
    await press(/^Add the sample cells$/)
    await page.getByRole('row', { name: /retired-B.*\d\.\d/ }).waitFor()
    await page.getByText('No jobs').waitFor()
    await isWhole('library')
  })

  it('reads a file, and says what became of it', async () => {
    await goTo('Import')
    await choose(/^Add files…$/, [join(root, 'README.md')])
    await page.getByText('Refused').first().waitFor()
    await isWhole('import')
  })

  it('plans a use', async () => {
    await goTo('Scenarios')
    await press(/^New scenario$/)
    await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
    await tabTo(page, /^Block 1, cycles/i)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('20')
    await expect.poll(() => page.getByText(/Trained|Extrapolated/).count()).toBeGreaterThan(0)
    await isWhole('scenario')
  })

  it('opens a cell, reads what a number rests on, and releases its report', async () => {
    await goTo('Library')
    await tabTo(page, /^quick-test/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'retired-A' }).waitFor()
    await page.getByRole('heading', { name: 'State of health' }).waitFor()
    await isWhole('cell')
    await press(/^What it rests on$/)
    await press(/^Report$/)
    await page.getByRole('img', { name: /^Page 1 of/ }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    const released = page.waitForEvent('download')
    await press(/^Release$/)
    expect((await released).suggestedFilename()).toMatch(/\.pdf$/)
    await page.keyboard.press('Escape')
  })

  it('compares cells that were chosen in the library', async () => {
    await goTo('Library')
    await tabTo(page, /^Select all shown$/)
    await page.keyboard.press('Space')
    await tabTo(page, /^Compare$/, 'main')
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: 'Cells × scenarios' }).getByRole('row').nth(3).waitFor()
    await isWhole('comparison')
  })

  it('starts a training that Escape does not stop, pauses it and gives it up', async () => {
    await goTo('Training')
    await page.getByRole('radio', { name: /demo/ }).waitFor()
    await press(/^Start training$/)
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    // Closes what is open and no more: the run goes on.
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await press(/^Pause$/)
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    await isWhole('training')
    await press(/^Cancel run$/)
    await page.getByText('cancelled').first().waitFor()
  })

  it('saves rules of the plant under a new name', async () => {
    await goTo('Grading')
    await tabTo(page, /^Name of the rules$/)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Halle Süd')
    await press(/^Save as version 2$/)
    await page.getByText('Version 2, in force').waitFor()
    await isWhole('grading')
  })

  it('finds the released report', async () => {
    await goTo('Reports')
    await page
      .getByRole('cell', { name: /retired-A/ })
      .first()
      .waitFor()
    await isWhole('reports')
  })

  it('reads a model card and the data sets', async () => {
    await goTo('Models')
    await page.getByRole('heading', { name: 'What it is' }).waitFor()
    await isWhole('models')
    await goTo('Data sets')
    await page.getByRole('article', { name: 'UL', exact: true }).waitFor()
    await isWhole('data sets')
  })

  it('backs the library up', async () => {
    await goTo('Settings')
    await tabTo(page, /^Folder for backups$/)
    await page.keyboard.type(folder)
    await press(/^Back up now$/)
    await page.getByText('3 cells backed up').first().waitFor()
    expect(readdirSync(folder)).toHaveLength(1)
    await isWhole('settings')
  })

  it('asks for help, and for a command', async () => {
    await page.keyboard.press('F1')
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor()
    await isWhole('help')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('retired-B')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'retired-B' }).waitFor()
  })

  it('walks from cell to cell, searches, and shows its keys', async () => {
    await tabTo(page, /^retired-B/)
    await page.keyboard.press('ArrowUp')
    await page.getByRole('heading', { level: 1, name: 'retired-A' }).waitFor()
    await goTo('Library')
    await page.keyboard.press('/')
    await page.keyboard.type('retired')
    await page.getByText('2 of 3 cells').waitFor()
    await page.keyboard.press('Escape')
    await goTo('Training')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
