import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

// One window on one library: each step rests on the ones before.
let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openWindow({ testModel: false })
  page = window.page
  // A run takes every core; the page then answers slowly.
  page.setDefaultTimeout(120_000)
}, 600_000)
afterAll(() => window.close())

async function train(name: string, epochs: number): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Training' }).click()
  await page.getByRole('radio', { name: /demo/ }).check()
  await page.getByLabel('Name of the model').fill(name)
  await page.getByLabel('Epochs').fill(String(epochs))
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('row', { name }).getByRole('cell', { name: 'finished' }).waitFor({ timeout: 240_000 })
}

it('shows loss and gate weights of a run side by side', async () => {
  await train('kurz', 3)
  await page.getByRole('img', { name: /^Epoch 3: training loss/ }).waitFor()
  await page.getByRole('img', { name: /^Epoch 3: mean gate entropy .* weighs most/ }).waitFor()
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
}, 600_000)

it('sets two runs side by side, by keyboard alone', async () => {
  await train('lang', 6)
  await tabTo(page, /^Choose kurz$/)
  await page.keyboard.press('Space')
  await tabTo(page, /^Choose lang$/)
  await page.keyboard.press('Space')
  await page.getByRole('link', { name: 'Compare 2 runs' }).focus()
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: 'Runs side by side' })
  await table.getByRole('columnheader', { name: 'kurz' }).waitFor()
  await page.getByRole('img', { name: /Best validation: kurz: .* in epoch \d; lang:/ }).waitFor()
  await page.getByRole('img', { name: /^Gate entropy at the last epoch: kurz/ }).waitFor()
  await table.getByRole('row', { name: 'epochs 3 6' }).waitFor()
  expect(await table.getByRole('row', { name: /^learningRate/ }).count()).toBe(0)
  await tabTo(page, /settings that all have alike/)
  await page.keyboard.press('Enter')
  await table.getByRole('row', { name: /^learningRate/ }).waitFor()
}, 600_000)

it('deletes runs after a look at which, and keeps what goes on, by keyboard alone', async () => {
  await page.getByRole('link', { name: 'All runs' }).click()
  await page.getByRole('radio', { name: /demo/ }).check()
  await page.getByLabel('Name of the model').fill('läuft')
  await page.getByLabel('Epochs').fill('5000')
  await page.getByRole('button', { name: 'Start training' }).click()
  const table = page.getByRole('table', { name: 'Runs' })
  await table.getByRole('row', { name: 'läuft' }).getByRole('cell', { name: 'running' }).waitFor()
  await tabTo(page, /^Choose läuft$/)
  await page.keyboard.press('Space')
  await tabTo(page, /^Choose kurz$/)
  await page.keyboard.press('Space')
  await page.locator('section', { has: table }).getByRole('button', { name: 'Delete…' }).last().press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete 2 runs' })
  await dialog.getByText('stays: it goes on; cancel it first').waitFor()
  await dialog.getByText('is deleted; its model stays').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await tabTo(page, /^\s*Delete 1 run\s*$/)
  await page.keyboard.press('Enter')
  await page.getByText('1 run deleted, 1 kept').first().waitFor()
  await table.getByRole('row', { name: 'kurz' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await table.getByRole('row', { name: 'läuft' }).getByRole('cell', { name: 'cancelled' }).waitFor()
  await page.getByRole('button', { name: 'Delete…' }).first().click()
  await page
    .getByRole('dialog', { name: 'Delete a run' })
    .getByRole('button', { name: 'Delete 1 run' })
    .click()
  await table.getByRole('row', { name: 'läuft' }).waitFor({ state: 'detached' })
  await table.getByRole('row', { name: 'lang' }).waitFor()
}, 240_000)

it.each(['light', 'dark'] as const)('has no finding of axe in the %s theme', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  expect(await violationsOf(page)).toEqual([])
})

it('never complains', () => {
  expect(window.complaints).toEqual([])
})
