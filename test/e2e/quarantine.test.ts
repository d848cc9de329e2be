import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signalRows, signalText } from '../fixtures/signalTable.ts'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

// Files in doubt, as a person decides about them.
let window: OpenWindow
let page: Page
const place = mkdtempSync(join(tmpdir(), 'pimoe-quarantine-'))

beforeAll(async () => {
  buildProgram()
  window = await openWindow()
  page = window.page
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
  const rows = signalRows()
  await addFiles({
    'millivolt.csv': signalText(rows.map((row) => ({ ...row, voltage: row.voltage * 1000 }))),
    'series.csv': signalText(rows.map((row) => ({ ...row, voltage: row.voltage * 2 }))),
  })
}, 180_000)
afterAll(async () => {
  await window.close()
  rmSync(place, { recursive: true, force: true })
})

async function addFiles(files: Readonly<Record<string, string>>): Promise<void> {
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(place, name), text)
    return join(place, name)
  })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add files…' }).click(),
  ])
  await chooser.setFiles(paths)
}

/** The rail's way to the files, by what it says waits there. */
function railImport(name: string): Locator {
  const rail = page.getByRole('navigation', { name: 'Places' })
  return rail.getByRole('link', { name, exact: true })
}

function card(name: string): Locator {
  return page.getByRole('listitem', { name, exact: true })
}

it('lists what waits, in clear words', async () => {
  await page.getByRole('heading', { name: '2 files wait for a decision' }).waitFor()
  await card('millivolt.csv')
    .getByText(/looks like millivolts/)
    .waitFor()
  await card('millivolt.csv').getByText('Multiply the voltage by 0.001.').waitFor()
  await card('series.csv')
    .getByText(/No repair is known/)
    .waitFor()
})

it.each(['light', 'dark'] as const)('counts on the rail what waits, %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  const link = railImport('Import, 2 files wait for a decision')
  await link.waitFor()
  expect(await link.locator('[data-count]').getAttribute('data-count')).toBe('2')
  expect(await violationsOf(page)).toEqual([])
})

it('counts in another window, and after a reload', async () => {
  const [other] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(() => void open(`${location.origin}/#/library`)),
  ])
  await other.getByRole('link', { name: 'Import, 2 files wait for a decision', exact: true }).waitFor()
  await other.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
  const file = other.getByRole('listitem', { name: 'series.csv', exact: true })
  await file.getByRole('button', { name: 'Reject' }).click()
  await railImport('Import, 1 file waits for a decision').waitFor()
  await other.close()
  await addFiles({
    'series.csv': signalText(signalRows().map((row) => ({ ...row, voltage: row.voltage * 2 }))),
  })
  await railImport('Import, 2 files wait for a decision').waitFor()
})

it('shows the effect of a repair before it is accepted, then imports', async () => {
  const file = card('millivolt.csv')
  await file.getByRole('button', { name: 'Show the effect' }).click()
  const effect = file.getByRole('table', { name: 'What it would do' })
  const usable = effect.getByRole('row', { name: /Usable cycles/ })
  expect(await usable.innerText()).toMatch(/0\s+1$/)
  await file.getByRole('button', { name: 'Accept the repair' }).click()
  await page.getByRole('heading', { name: '1 file waits for a decision' }).waitFor()
  await railImport('Import, 1 file waits for a decision').waitFor()
  await page.getByRole('row', { name: /millivolt\.csv.*Imported/ }).waitFor()
})

it('reads again, and forgets what is rejected', async () => {
  const file = card('series.csv')
  await file.getByRole('button', { name: 'Read again' }).click()
  await page.getByText('The file is still in doubt').first().waitFor()
  await file.getByRole('button', { name: 'Reject' }).click()
  await file.waitFor({ state: 'detached' })
  await railImport('Import').waitFor()
  expect(window.complaints).toEqual([])
})
