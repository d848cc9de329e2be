import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openCell } from '../support/openCell.ts'
import type { OpenWindow } from '../support/openWindow.ts'

// One window, used as a person uses it: each step rests on the ones before.
let window: OpenWindow

beforeAll(async () => {
  buildProgram()
  window = await openCell('retired-A')
}, 180_000)
afterAll(() => window.close())

it('keeps what was typed of a cell where its form is closed by Escape, and takes it back when told', async () => {
  const { page } = window
  const edit = page.getByRole('button', { name: 'Edit what is known' })
  const name = page.getByRole('form', { name: 'What is known of this cell' }).getByLabel('Name')
  await edit.click()
  await name.fill('half a na')
  await page.keyboard.press('Escape')
  await name.waitFor({ state: 'detached' })
  await edit.click()
  expect(await name.inputValue()).toBe('half a na')
  await page.getByRole('button', { name: 'As stored' }).click()
  expect(await name.inputValue()).toBe('retired-A')
  expect(await page.getByRole('button', { name: 'As stored' }).count()).toBe(0)
  await page.keyboard.press('Escape')
})

it('keeps what was typed of a measurement', async () => {
  const { page } = window
  const add = page.getByRole('button', { name: 'Add measurement' })
  const capacity = page.getByRole('form', { name: 'Measured capacity' }).getByRole('textbox').first()
  await add.click()
  await capacity.fill('2.9')
  await page.keyboard.press('Escape')
  await add.click()
  expect(await capacity.inputValue()).toBe('2.9')
  await page.keyboard.press('Escape')
})

it('keeps what was typed of a cell where the cell is read anew', async () => {
  const { page } = window
  const edit = page.getByRole('button', { name: 'Edit what is known' })
  const name = page.getByRole('form', { name: 'What is known of this cell' }).getByLabel('Name')
  await edit.click()
  await name.fill('half a na')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add measurement' }).click()
  await page.getByRole('button', { name: 'State', exact: true }).click()
  await page.getByText('2.900 Ah stated').first().waitFor()
  await edit.click()
  expect(await name.inputValue()).toBe('half a na')
  await page.getByRole('button', { name: 'As stored' }).click()
  await page.keyboard.press('Escape')
})

it('keeps what was typed of a report until it is released', async () => {
  const { page } = window
  const report = page.getByRole('button', { name: 'Report', exact: true })
  const operator = page.getByRole('form').getByLabel('Operator')
  await report.click()
  await page.getByRole('img', { name: /^Page 1 of/ }).waitFor()
  await operator.fill('A. Meißner')
  await page.keyboard.press('Escape')
  await operator.waitFor({ state: 'detached' })
  await report.click()
  await page.getByRole('img', { name: /^Page 1 of/ }).waitFor()
  expect(await operator.inputValue()).toBe('A. Meißner')
  // Pages that were still being drawn are given up without a word.
  expect(
    await page
      .getByRole('region', { name: /Notifications/ })
      .getByRole('alert')
      .count(),
  ).toBe(0)
  expect(await page.getByText('Rendering cancelled').count()).toBe(0)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Release' }).click()
  await saved
}, 120_000)

it('closes one layer at a time: the list of jobs, not what lies below', async () => {
  const { page } = window
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await palette.waitFor()
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
  await page.getByRole('button', { name: 'No jobs' }).click()
  await page.getByText('Nothing is running.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByText('Nothing is running.').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
  expect(window.complaints).toEqual([])
})
