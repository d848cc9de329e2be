import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

// One window after the other on one library: each step rests on the ones before.
let window: OpenWindow
let page: Page
let folder: string
let library: string

beforeAll(async () => {
  buildProgram()
  folder = mkdtempSync(join(tmpdir(), 'pimoe-entraînement-'))
  library = join(folder, 'Bücherei')
  await open()
}, 600_000)
afterAll(async () => {
  await window.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function open(): Promise<void> {
  window = await openWindow({ library })
  page = window.page
  // A run takes every core; the page then answers slowly.
  page.setDefaultTimeout(120_000)
}

function goToTraining(): Promise<void> {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Training' }).click()
}

function button(name: string) {
  return page.getByRole('button', { name, exact: true })
}

async function epochs(): Promise<number> {
  const text = await page.getByRole('cell', { name: /^\d+ \/ 5000$/ }).innerText()
  return Number.parseInt(text, 10)
}

it('groups what can be trained, and names the cells that are missing', async () => {
  await goToTraining()
  const published = page.getByRole('group', { name: 'Published networks, repeated' })
  await published.getByText('4 files missing', { exact: true }).first().click()
  await published.getByText('UL-NCA/CY25-025_1-#1.csv').waitFor()
  await page
    .getByRole('group', { name: 'For trying the program' })
    .getByRole('radio', { name: /demo/ })
    .check()
})

it('shows which cells are learnt from, chosen by and judged on', async () => {
  const split = page.getByRole('region', { name: 'Split by cell' })
  await split.getByText('No cell is in two of them.').waitFor()
  await split.locator('summary', { hasText: 'Validation' }).focus()
  await page.keyboard.press('Enter')
  await split.getByText('SIM-NCA/Varied-#1.csv.gz').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
})

it('pauses a run and goes on with it; the notes on it stay', async () => {
  await goToTraining()
  await page.getByRole('radio', { name: /demo/ }).check()
  await page.getByLabel('Name of the model').fill('abgestürzt')
  await page.getByLabel('Epochs').fill('5000')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('img', { name: /^Epoch \d+: training loss/ }).waitFor({ timeout: 60_000 })
  await page
    .getByText(/(s|min) left/)
    .first()
    .waitFor()
  await button('Pause').press('Enter')
  await page.getByRole('cell', { name: 'paused' }).waitFor()
  await page.getByLabel('Notes').fill('with the old rig')
  await page.getByLabel('Notes').blur()
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.reload()
  await page.getByRole('cell', { name: 'paused' }).waitFor()
  expect(await page.getByLabel('Notes').inputValue()).toBe('with the old rig')
  const held = await epochs()
  await button('Continue').click()
  await page.getByRole('cell', { name: 'running' }).waitFor()
  await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(held + 1)
}, 600_000)

it('says what a run rests on', async () => {
  await page.getByText(/cores, .*, on \d+ threads?$/).waitFor()
  await page.getByText(/^\d+ files, by hash$/).click()
  await page
    .getByRole('list', { name: /files, by hash/ })
    .getByText('train')
    .first()
    .waitFor()
  await page.getByRole('region', { name: 'Training' }).getByText('Settings', { exact: true }).click()
  await page.getByText('learningRate', { exact: true }).waitFor()
})

it('offers to resume after the program was killed, and resumes', async () => {
  expect(window.complaints).toEqual([])
  await window.crash()
  await open()
  await page.getByText(/was interrupted after epoch \d+ of 5000/).waitFor()
  await button('Resume').first().click()
  await goToTraining()
  await page.getByRole('cell', { name: 'running' }).waitFor()
  const before = await epochs()
  await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(before)
  expect(await page.getByText(/was interrupted/).count()).toBe(0)
  await button('Cancel run').click()
  await page.getByRole('cell', { name: 'cancelled' }).waitFor({ timeout: 30_000 })
}, 600_000)

it('never complains', () => {
  expect(window.complaints).toEqual([])
})
