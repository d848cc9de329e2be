import { renameSync } from 'node:fs'
import { join } from 'node:path'
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

function button(name: string) {
  return page.getByRole('button', { name, exact: true })
}

it('promotes the model of a run, after a look at it beside the present default, by keyboard alone', async () => {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Training' }).click()
  await page.getByRole('radio', { name: /demo/ }).check()
  await page.getByLabel('Name of the model').fill('mein Modell')
  await page.getByLabel('Epochs').fill('3')
  await button('Start training').click()
  await page.getByRole('link', { name: 'Open in Models' }).click({ timeout: 240_000 })
  await tabTo(page, /^\s*Make default…\s*$/)
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: 'Both models beside each other' })
  await table.getByRole('row', { name: /SIM-NCA CY25-05_1 mein Modell/ }).waitFor()
  await table.getByRole('row', { name: /pimoe/ }).first().waitFor()
  await page.getByLabel('Who').fill('Ada')
  await page.getByLabel('Why').fill('trained on our simulated cells')
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
  await tabTo(page, /^\s*Make default\s*$/)
  await page.keyboard.press('Enter')
  await page.getByRole('contentinfo').getByText('model mein Modell').waitFor()
}, 600_000)

it('says so where the promoted model is gone, and rolls back', async () => {
  const folder = join(window.library, 'models', 'mein Modell')
  renameSync(folder, join(window.library, 'weg'))
  await page.reload()
  await page.getByText('mein Modell, the default model since', { exact: false }).waitFor()
  await button('Defaults…').click()
  const history = page.getByRole('list', { name: 'Which model was the default' })
  await history.getByText('by Ada: trained on our simulated cells').waitFor()
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
  await page.getByLabel('Why').fill('its folder is gone')
  await history.getByRole('button', { name: 'Roll back to this' }).last().press('Enter')
  await page.getByRole('contentinfo').getByText('model pimoe').waitFor()
  await expect
    .poll(() => page.getByText('mein Modell, the default model since', { exact: false }).count())
    .toBe(0)
})

it.each(['light', 'dark'] as const)('has no finding of axe in the %s theme', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  expect(await violationsOf(page)).toEqual([])
})

it('never complains', () => {
  expect(window.complaints).toEqual([])
})
