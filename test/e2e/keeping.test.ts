import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

beforeAll(() => buildProgram(), 120_000)

describe('settings', () => {
  let window: OpenWindow
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pimoe-sicher-'))
    window = await openWindow({ library: join(folder, 'Dropbox', 'Bücherei') })
  }, 60_000)
  afterAll(async () => {
    await window.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('says that a synchronised folder is no place for a library, until it is understood', async () => {
    const { page } = window
    await page.getByText('in a folder that Dropbox synchronises').waitFor()
    await page.getByRole('button', { name: 'Understood' }).click()
    await expect.poll(() => page.getByText('in a folder that Dropbox synchronises').count()).toBe(0)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText('in a folder that Dropbox synchronises').waitFor()
  })

  it('backs up, refuses its own folder, restores and keeps what was', async () => {
    const { page, library } = window
    await page.getByRole('link', { name: 'Library' }).click()
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    const backups = join(folder, 'Sicherung ö')
    await page.getByLabel('Folder for backups').fill(library)
    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByRole('alert').getByText('A backup inside the library is lost with it.').waitFor()
    await page.getByLabel('Folder for backups').fill(backups)
    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByText('3 cells backed up').first().waitFor()
    const [name] = readdirSync(backups)

    await page.getByRole('link', { name: 'Library' }).click()
    await page.getByRole('checkbox', { name: 'Select all shown' }).click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('The library is empty').waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByLabel('Backup file').fill(join(backups, name))
    await page.getByRole('button', { name: 'Restore' }).click()
    const aside = await page.getByText(/The library as it was:/).textContent()
    expect(existsSync(aside!.replace('The library as it was: ', '').trim())).toBe(true)
    await page.getByText('3 cells · model').waitFor()
  })

  it('checks the library', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByText('The library is sound.').waitFor()
    expect(await page.getByRole('table', { name: 'What was checked' }).getByRole('row').count()).toBe(6)
    if (process.env['PIMOE_SHOTS'] !== undefined) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: join(process.env['PIMOE_SHOTS'], `settings-${colorScheme}.png`) })
      }
    }
    expect(window.complaints).toEqual([])
  })
})
