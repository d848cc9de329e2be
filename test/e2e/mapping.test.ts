import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foreignTable } from '../fixtures/foreignTable.ts'
import { signalRows, signalText } from '../fixtures/signalTable.ts'
import { violationsOf } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

// A file of no known maker, from its refusal to a template, as a person corrects it.
const place = mkdtempSync(join(tmpdir(), 'pimoe-zuordnung-'))

beforeAll(() => buildProgram(), 180_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

function written(name: string, text: string): string {
  writeFileSync(join(place, name), text)
  return join(place, name)
}

async function addFile(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add files…' }).click(),
  ])
  await chooser.setFiles([path])
  // What lies under the pointer is drawn as hovered.
  await page.mouse.move(0, 0)
}

async function choose(page: Page, label: string, choice: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).selectOption({ label: choice })
}

/** Moves in the focused list to the choice that begins so; typing its letters would need a swift machine. */
async function arrowTo(page: Page, choice: string): Promise<void> {
  await page.keyboard.press('Home')
  for (let presses = 0; presses < 20; presses++) {
    const chosen = await page.evaluate(() => {
      const list = document.activeElement
      return list instanceof HTMLSelectElement ? list.selectedOptions[0].text : ''
    })
    if (chosen.startsWith(choice)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`The list has no ${choice}`)
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow({ colorScheme })
    page = window.page
    page.setDefaultTimeout(120_000)
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
  }, 180_000)
  afterAll(() => window.close())

  it('shows the lines of a file that nobody knows', async () => {
    await addFile(page, written('prüfstand.csv', foreignTable()))
    await page.getByText('The heading belongs to no known format.').waitFor()
    await page.getByRole('table', { name: 'First lines of the file' }).getByText('Klemmen').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('reads it again with every correction', async () => {
    await page.getByRole('button', { name: 'Edit mapping' }).click()
    await choose(page, 'Column of Time since the start', 'Dauer')
    await choose(page, 'Unit of Time since the start', 'min')
    await choose(page, 'Column of Voltage', 'Klemmen')
    await choose(page, 'Column of Current', 'Belastung')
    await page.getByRole('img', { name: /Voltage 2\.6 to 4\.2 V/ }).waitFor()
    await choose(page, 'Unit of Current', 'mA')
    await choose(page, 'Sign of the current', 'discharging is positive')
    await choose(page, 'Column of Cycle number', 'Nummer')
    await page.getByText(/2 cycles, 2 with a whole charge curve/).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('keeps the mapping as a template, and imports by it', async () => {
    await page.getByLabel('Name of the template').fill('Prüfstand 7')
    await page.getByRole('button', { name: 'Save as template' }).click()
    await page.getByRole('button', { name: 'Remove template Prüfstand 7' }).waitFor()
    await page.getByRole('button', { name: 'Import by this mapping' }).click()
    await page.getByRole('row', { name: /prüfstand\.csv Table.*2 Imported/ }).waitFor()
    await addFile(page, written('später.csv', foreignTable([5])))
    await page.getByRole('row', { name: /später\.csv.*Imported/ }).waitFor()
  })

  it('puts another reading in the place of the first only when told', async () => {
    const row = page.getByRole('row', { name: /später\.csv/ })
    await row.getByRole('button', { expanded: false }).click()
    await page.getByRole('button', { name: 'Show the file' }).first().click()
    const file = page.getByRole('group', { name: 'File später.csv' })
    await file.getByRole('button', { name: 'Edit mapping' }).click()
    await file.getByLabel('Column of Cycle number').selectOption({ label: 'not in this file' })
    await file.getByText(/is replaced; assessments that rest on it are removed/).waitFor()
    await file.getByRole('button', { name: 'Put this reading in place of the first' }).click()
    await page.getByRole('row', { name: /später\.csv.*was in the library already/ }).waitFor()
  })

  it('marks in the plot what is in doubt, and never complains', async () => {
    const rows = signalRows().map((row, i) => ({ ...row, voltage: i === 100 ? 9 : row.voltage }))
    await addFile(page, written('sprung.csv', signalText(rows)))
    const card = page.getByRole('listitem', { name: 'sprung.csv' })
    await card.getByRole('button', { name: 'Show the file' }).click()
    await card.getByRole('img', { name: /to 9 V/ }).waitFor()
    await card.getByRole('button', { name: 'Edit mapping' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(window.complaints).toEqual([])
  })
})

describe('by keyboard alone', () => {
  let window: OpenWindow
  beforeAll(async () => {
    window = await openWindow()
  }, 180_000)
  afterAll(() => window.close())

  it('corrects a mapping and imports by it', async () => {
    const { page } = window
    page.setDefaultTimeout(120_000)
    await page.keyboard.press('Alt+2')
    await addFile(page, written('tasten.csv', foreignTable()))
    await page.getByRole('button', { name: 'Edit mapping' }).waitFor()
    await tabTo(page, /^Edit mapping$/)
    await page.keyboard.press('Enter')
    for (const [field, choice] of [
      ['Column of Time since the start', 'Dauer'],
      ['Unit of Time since the start', 'min'],
      ['Column of Voltage', 'Klemmen'],
      ['Column of Current', 'Belastung'],
      ['Unit of Current', 'mA'],
      ['Sign of the current', 'discharging'],
    ]) {
      await page.getByLabel(field, { exact: true }).waitFor()
      await tabTo(page, new RegExp(`^${field}$`))
      await arrowTo(page, choice)
    }
    await page.getByText(/2 with a whole charge curve/).waitFor()
    await tabTo(page, /^Import by this mapping$/)
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /tasten\.csv.*Imported/ }).waitFor()
    expect(window.complaints).toEqual([])
  }, 180_000)
})
