import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openWindow({ colorScheme: 'dark' })
  page = window.page
  await page.getByRole('button', { name: 'Add the sample cells' }).dblclick()
  await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
}, 240_000)
const folder = mkdtempSync(join(tmpdir(), 'pimoe-falsch-'))
afterAll(async () => {
  await window.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const panel = (): Locator => page.getByRole('complementary', { name: 'Details' })
const name = (): Locator => panel().getByLabel('Name', { exact: true })

async function leave(field: Locator, text: string): Promise<void> {
  await field.fill(text)
  await field.press('Tab')
}

it('keeps what was pasted, and says why it cannot be taken', async () => {
  await page.getByRole('checkbox', { name: 'Select retired-A' }).check()
  await leave(name(), 'x'.repeat(5000))
  await panel().getByText('At most 120 characters; these are 5,000.').waitFor()
  expect((await name().inputValue()).length).toBe(5000)
  for (const hidden of ['\u202Egnp.exe', 'a\u0007b']) {
    await leave(name(), hidden)
    await panel().getByText('Holds a character that cannot be seen').waitFor()
  }
  await leave(panel().getByLabel('Notes'), 'n'.repeat(20_000))
  await panel().getByText('At most 10,000 characters; these are 20,000.').waitFor()
  expect((await panel().getByLabel('Notes').inputValue()).length).toBe(20_000)
  expect(await violationsOf(page)).toEqual([])
  await leave(name(), '名前 🔋')
  await panel().getByText('Name saved').waitFor()
  await page.getByRole('row', { name: /名前 🔋/ }).waitFor()
  await leave(name(), 'retired-A')
  await panel().getByText('Name saved').waitFor()
})

it('stores no quantity out of its range, and never says that it did', async () => {
  const rated = panel().getByLabel('Rated capacity')
  await leave(rated, '3,5')
  await panel().getByText('Rated capacity saved').waitFor()
  for (const wrong of ['1e999', '-0', '0', '1000001', '3.5.5', 'NaN', '١٢']) {
    await leave(rated, wrong)
    await panel().getByText('0.01 to 1000 Ah').waitFor()
    expect(await panel().getByText('Rated capacity saved').count()).toBe(0)
  }
  await page.reload()
  await page.getByRole('checkbox', { name: 'Select retired-A' }).check()
  await expect.poll(() => panel().getByLabel('Rated capacity').inputValue()).toBe('3.5')
})

it('makes one scenario of a double click, and saves it under no wrong name', async () => {
  await page.getByRole('link', { name: 'Scenarios' }).click()
  const list = page.getByRole('navigation', { name: 'Scenarios' })
  await page.getByRole('button', { name: 'New scenario' }).last().dblclick()
  await page.getByRole('textbox', { name: 'Block 1, Cycles' }).waitFor()
  await page.getByLabel('Name', { exact: true }).fill('\u202Enalp')
  await page.getByText('Holds a character that cannot be seen').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('y'.repeat(121))
  await page.getByText('At most 120 characters; these are 121.').waitFor()
  await page.getByRole('textbox', { name: 'Block 1, Cycles' }).fill('1000000')
  await page.getByText('1 to 10000, whole').waitFor()
  await page.reload()
  await list.getByText('New scenario').waitFor()
  expect(await list.getByRole('link').count()).toBe(1)
})

it('refuses a scenario file with what is wrong, and takes in nothing of it', async () => {
  const block = { cycles: 5, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
  const file = (value: unknown): string => JSON.stringify(value)
  const wrong = [
    ['no text', '', 'is no JSON'],
    ['no object', 'null', 'does not fit'],
    ['types', file({ name: 3, blocks: [block] }), 'does not fit'],
    ['a block', file({ name: 'a', blocks: ['x'] }), 'does not fit'],
    ['huge', `{"name":"h","blocks":[${file(block).replace('5', '1e999')}]}`, 'does not fit'],
    ['many', file({ name: 'm', blocks: Array.from({ length: 100_000 }, () => block) }), 'does not fit'],
    ['long', file({ name: 'n'.repeat(5000), blocks: [block] }), 'does not fit'],
    ['turned', file({ name: '\u202Enalp', blocks: [block] }), 'does not fit'],
    ['deep', '['.repeat(100_000), 'is no JSON'],
    ['50 MB', `{"name":"${'x'.repeat(50_000_000)}"}`, 'longer than'],
  ] as const
  for (const [kind, text, told] of wrong) {
    await give(`${kind}.json`, text)
    await page.getByText(told).first().waitFor()
    for (const close of await page.getByRole('button', { name: 'Close' }).all()) await close.click()
    await page.getByText(told).first().waitFor({ state: 'detached' })
  }
  expect(await page.getByRole('navigation', { name: 'Scenarios' }).getByRole('link').count()).toBe(1)
  expect(window.complaints).toEqual([])
}, 240_000)

async function give(fileName: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import', exact: true }).click(),
  ])
  const path = join(folder, fileName)
  writeFileSync(path, text)
  await chooser.setFiles(path)
}
