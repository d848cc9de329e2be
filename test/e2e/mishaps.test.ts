import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram, root } from '../support/built.ts'
import { dropOn } from '../support/dragging.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

// What goes wrong, or leaves the window, still says what it is.
let window: OpenWindow
let page: Page
const place = mkdtempSync(join(tmpdir(), 'pimoe-mishaps-'))

beforeAll(async () => {
  buildProgram()
  window = await openWindow()
  page = window.page
  page.setDefaultTimeout(20_000)
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
}, 180_000)
afterAll(async () => {
  await window.close()
  rmSync(place, { recursive: true, force: true })
})

function goTo(name: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name }).click()
}

async function openCell(name: string): Promise<void> {
  await goTo('Library')
  await page.getByRole('row', { name: new RegExp(name) }).click()
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
}

async function savedFigure(title: string, item: string): Promise<string> {
  await page.getByRole('button', { name: `Save ${title}`, exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ])
  return readFileSync(await download.path(), 'utf8')
}

describe('a figure that leaves the window', () => {
  beforeAll(() => openCell('retired-A'))

  it.each(['Trajectory', 'Charge curve', 'dQ/dV', 'Relaxation', 'Record', 'Gate weights'])(
    '%s says what it is and that it is simulated',
    async (title) => {
      const svg = await savedFigure(title, 'Save as SVG')
      for (const words of [title, 'retired-A', 'SIMULATED']) expect(svg).toContain(words)
      const [heading, first] = (await savedFigure(title, 'Save numbers as CSV')).split('\r\n')
      expect(heading).toMatch(/(^|,)Simulated(,|$)/)
      expect(first).toMatch(/(^|,)true(,|$)/)
      expect(await savedFigure(title, 'Save as PNG')).toContain('PNG')
    },
  )
})

it('takes a folder dropped beside a file, and gives each file its row', async () => {
  const folder = join(place, 'Messungen')
  mkdirSync(join(folder, 'inner'), { recursive: true })
  writeFileSync(join(folder, 'inner', 'deep.csv'), 'a,b\n1,2\n')
  writeFileSync(join(folder, 'top.csv'), 'a,b\n3,4\n')
  writeFileSync(join(place, 'beside.csv'), 'a,b\n5,6\n')
  await goTo('Import')
  await dropOn(page, [folder, join(place, 'beside.csv')])
  for (const name of ['deep.csv', 'top.csv', 'beside.csv']) await page.getByText(name).waitFor()
  await page.getByText(/^3 of 3|3 of \d+ files need your attention/).waitFor()
})

it('keeps a value outside its range in the field, with the range, and stores nothing', async () => {
  await openCell('retired-A')
  await page.getByRole('button', { name: 'Edit what is known' }).click()
  const form = page.getByRole('form', { name: 'What is known of this cell' })
  await form.getByLabel('Rated capacity').fill('-3')
  await form.getByText('0.01 to 1000 Ah').waitFor()
  await form.getByRole('button', { name: 'Save' }).click()
  expect(await form.getByLabel('Rated capacity').inputValue()).toBe('-3')
  await page.keyboard.press('Escape')
  await page.getByLabel('Threshold', { exact: true }).fill('150')
  await page.getByText('1 to 99 %').waitFor()
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
})

it('refuses a second scenario of one name, a nameless one and a block without cycles in words', async () => {
  await goTo('Scenarios')
  const list = page.getByRole('navigation', { name: 'Scenarios' })
  for (const count of [1, 2]) {
    await page.getByRole('button', { name: 'New scenario' }).last().click()
    await expect.poll(() => list.getByRole('link').count()).toBe(count)
  }
  const name = page.getByLabel('Name', { exact: true })
  await expect.poll(() => name.inputValue()).toBe('New scenario 2')
  await name.fill('New scenario')
  await page.getByText('Another scenario has this name').waitFor()
  await name.fill('')
  await page.getByText('A scenario needs a name').waitFor()
  await name.fill('Winter')
  await list.getByText('Winter').waitFor()
  await page.getByLabel('Block 1, Cycles', { exact: true }).fill('0')
  await page.getByText('1 to 10000, whole').waitFor()
})

it('reaches everything at 150 % of a small screen', async () => {
  await page.setViewportSize({ width: 853, height: 480 })
  for (const name of ['Library', 'Import', 'Scenarios', 'Compare', 'Training', 'Models']) {
    await goTo(name)
    await page.waitForTimeout(200)
    await page.screenshot({ path: join(root, 'node_modules/.cache', `small-${name}.png`) })
  }
  await page.setViewportSize({ width: 1280, height: 720 })
})

it('says that the program does not answer once it is stopped', async () => {
  await openCell('retired-B')
  await page.route('**/rpc', (route) => route.abort('connectionrefused'))
  await page.getByLabel('Threshold', { exact: true }).fill('70')
  await page.getByText('The program does not answer.').waitFor()
  await page.getByText('Start it again and open the address it prints.').first().waitFor()
  await page.getByText('Not connected', { exact: true }).waitFor()
  await page.unroute('**/rpc')
})

it('leads back from a cell that is not there', async () => {
  await page.evaluate(() => (location.hash = '#/cells/nobody'))
  await page.getByRole('link', { name: 'Back to the library' }).click()
  await page.getByRole('table', { name: 'Cells of the library' }).waitFor()
})
