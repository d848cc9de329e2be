import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ulColumns } from '../../src-main/readers/readPerCycleUl.ts'
import { perCycleText, ulRow } from '../fixtures/perCycle.ts'
import { zipOf } from '../fixtures/workbook.ts'
import { violationsOf } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow } from '../support/openWindow.ts'

const place = mkdtempSync(join(tmpdir(), 'pimoe-daten-'))

beforeAll(() => buildProgram(), 180_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

it.each(['light', 'dark'] as const)(
  'counts the cells of an archive, by keyboard, %s',
  async (colorScheme) => {
    const window = await openWindow({ colorScheme })
    const { page } = window
    page.setDefaultTimeout(120_000)
    await page.keyboard.press('Alt+9')
    const ul = page.getByRole('article', { name: 'UL', exact: true })
    await ul.getByText('10.5281/zenodo.6379165').waitFor()
    await ul.getByText(/^0 of \d+ in the library$/).waitFor()
    const archive = join(place, 'ul.zip')
    const content = perCycleText(ulColumns, [ulRow])
    writeFileSync(archive, zipOf([{ name: 'UL-NCA/CY25-025_1-#1.csv', content }]))
    const chosen = page.waitForEvent('filechooser').then((chooser) => chooser.setFiles([archive]))
    await tabTo(page, /^Add files…$/)
    await page.keyboard.press('Enter')
    await chosen
    await ul.getByText(/^1 of \d+ in the library$/).waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(window.complaints).toEqual([])
    await window.close()
  },
  240_000,
)
