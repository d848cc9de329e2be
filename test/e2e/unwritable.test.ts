import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openCell } from '../support/openCell.ts'
import type { OpenWindow } from '../support/openWindow.ts'

let window: OpenWindow

beforeAll(async () => {
  buildProgram()
  window = await openCell('retired-A')
}, 180_000)
afterAll(() => window.close())

it('says that another program holds the library, and leaves in sight what could not be kept', async () => {
  const { page, library } = window
  const other = new Sqlite(join(library, 'library.sqlite'))
  other.exec('BEGIN IMMEDIATE')
  try {
    await page.getByRole('button', { name: 'Keep forecast' }).click()
    await page.getByText('Another program holds the library.').first().waitFor()
    await page.getByText('Wait until the other program has finished, then repeat.').first().waitFor()
    await page.getByRole('heading', { name: 'State of health' }).waitFor()
    expect(await page.getByText('Forecast kept').count()).toBe(0)
    expect(await violationsOf(page)).toEqual([])
  } finally {
    other.close()
  }
  await page.getByRole('button', { name: 'Keep forecast' }).click()
  await page.getByText('Forecast kept').first().waitFor()
  expect(window.complaints).toEqual([])
}, 120_000)
