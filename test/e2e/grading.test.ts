import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

// The rules of a plant, from a first look to a version in force: each step rests on the ones before.
let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openWindow({ testModel: false })
  page = window.page
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  await page.getByRole('row', { name: /retired-B.*\d\.\d/ }).waitFor()
  await page.getByText('No jobs').waitFor()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Grading' }).click()
}, 180_000)
afterAll(() => window.close())

const outcome = (name: string) =>
  page.getByRole('table', { name: 'Batteries of each outcome' }).getByRole('row', { name })

it('starts with the rules in force, which change nothing', async () => {
  await page.getByText('Version 1, in force').waitFor()
  await page.getByText(/None of \d+ assessed batteries changes/).waitFor()
  expect(await page.getByRole('button', { name: 'Save as version 2' }).isDisabled()).toBe(true)
})

it('tells while rules are edited which batteries change, and undoes', async () => {
  await page.getByRole('button', { name: 'Add reason' }).click()
  await page.getByLabel('Reason 4, Finding').fill('simulated')
  await page.getByRole('combobox', { name: 'Reason 4, Verdict' }).click()
  await page.getByRole('option', { name: 'Reject' }).click()
  await page.getByRole('heading', { name: 'Batteries that change' }).waitFor()
  await expect.poll(() => outcome('Reject').innerText()).toMatch(/^Reject\s+0\s+3\s+\+3$/)
  await page.getByRole('link', { name: 'retired-A' }).waitFor()
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ])
  expect(readFileSync(await csv.path(), 'utf8')).toMatch(
    /retired-A,[\w ]+,Reject,The measurements are simulated\.,true/,
  )
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => outcome('Reject').innerText()).toMatch(/–$/)
  await page.getByRole('combobox', { name: 'Reason 4, Verdict' }).click()
  await page.getByRole('option', { name: 'Reject' }).click()
})

it('takes no value that is out of its range or order', async () => {
  const field = page.getByLabel('Grade 2, SOH at least')
  await field.fill('nine')
  await page.getByText('once every field is within its range').waitFor()
  expect(await page.getByRole('button', { name: 'Save as version 2' }).isDisabled()).toBe(true)
  await field.fill('95')
  await page.getByText('Grade 2, SOH at least: this value cannot be taken.').waitFor()
  expect(await page.getByRole('button', { name: 'Save as version 2' }).isDisabled()).toBe(true)
  await field.fill('80')
  await page.getByText(/3 of 3 assessed batteries change/).waitFor()
})

it('keeps a name that is too long in its field, says so, and saves no version under it', async () => {
  const name = page.getByRole('textbox', { name: 'Name of the rules' })
  const before = await name.inputValue()
  await name.fill('R'.repeat(121))
  await page.getByText('At most 120 characters; these are 121.').waitFor()
  expect(await name.inputValue()).toHaveLength(121)
  expect(await page.getByRole('button', { name: 'Save as version 2' }).isDisabled()).toBe(true)
  await name.fill(before)
  await expect.poll(() => page.getByRole('button', { name: 'Save as version 2' }).isDisabled()).toBe(false)
})

it('keeps the draft while another place is looked at', async () => {
  await page.keyboard.press('Alt+1')
  await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor()
  await page.keyboard.press('Alt+7')
  await page.getByText('not in force yet').waitFor()
})

it('saves a version with its reason, and puts an earlier one back on the page', async () => {
  await page.getByRole('textbox', { name: 'Why the rules are changed' }).fill('Audit of 2026')
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await page.getByText('Version 2, in force').waitFor()
  await page.getByText(/None of \d+ assessed batteries changes/).waitFor()
  await page.getByText('Audit of 2026').waitFor()
  await page.getByRole('button', { name: /Version 1/ }).click()
  await page.getByText('Edited from version 2, not in force yet').waitFor()
})

it('exports the rules file and takes it back, and nothing else', async () => {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ])
  const rules = JSON.parse(readFileSync(await file.path(), 'utf8')) as { schema: string; name: string }
  expect(rules.schema).toBe('pimoe-grading-rules/1')
  const take = async (text: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Import', exact: true }).click(),
    ])
    await chooser.setFiles({ name: 'Regeln.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  }
  await take(JSON.stringify({ ...rules, grades: [] }))
  await page.getByText('This file holds no grading rules.').first().waitFor()
  await take(JSON.stringify({ ...rules, name: 'Werk Süd' }))
  await expect.poll(() => page.getByLabel('Name of the rules').inputValue()).toBe('Werk Süd')
})

it('never complains', () => {
  expect(window.complaints).toEqual([])
})
