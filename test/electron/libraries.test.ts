import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Bridge } from '../../src-shared/contract/bridge.ts'
import { readLibraryList, writeLibraryList } from '../../src-main/electron/libraryList.ts'
import { platformFolder } from '../../src-main/services/library/libraryFolder.ts'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openStandIn, type StandInWindow } from '../support/standIn.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

beforeAll(() => buildProgram(), 120_000)

/** A person with a data folder of their own, who starts the program with what the next dialog answers. */
function person() {
  const base = temporaryFolder()
  const home = process.platform === 'darwin' ? { HOME: base } : {}
  const environment = { XDG_DATA_HOME: base, APPDATA: base, PIMOE_LIBRARY: '', ...home }
  return {
    base,
    home: platformFolder({ environment, home: base }),
    start: async (chosen = '', named = ''): Promise<StandInWindow> => {
      const window = await openStandIn({ ...environment, PIMOE_LIBRARY: named, STANDIN_OPEN: chosen })
      onTestFinished(window.close)
      await window.page.getByRole('link', { name: 'Settings' }).click()
      await openNow(window.page).waitFor()
      return window
    },
  }
}

function rows(page: Page) {
  return page.getByRole('list', { name: 'Libraries opened lately' }).getByRole('listitem')
}

function openNow(page: Page) {
  return rows(page).filter({ hasText: 'Open now' })
}

describe('the libraries in Settings, under the stand-in', { timeout: 120_000 }, () => {
  it('opens an empty folder as a new library, and the one before again', async () => {
    const { base, home, start } = person()
    const folder = join(base, `Prüfstand 2 – 電池 ${'lang '.repeat(30)}x`)
    mkdirSync(folder)
    const first = await start(folder)
    expect(await openNow(first.page).textContent()).toContain('Default')
    await first.page.getByRole('button', { name: 'Another folder…' }).click()
    expect(await first.program.ended).toBe(0)
    expect(first.noted('showOpenDialog')).toEqual([{ properties: ['openDirectory', 'createDirectory'] }])
    expect(first.noted('relaunch')).toEqual([null])

    const second = await start()
    expect(await openNow(second.page).getByTitle(folder).count()).toBe(2)
    expect(existsSync(join(folder, 'library.sqlite'))).toBe(true)
    await rows(second.page)
      .getByRole('button', { name: `Open ${home}` })
      .click()
    expect(await second.program.ended).toBe(0)
    expect(second.noted('relaunch')).toHaveLength(1)

    expect(readLibraryList(home)).toMatchObject({ next: home, opened: [{ folder }, { folder: home }] })
    expect([first, second].flatMap(({ complaints }) => complaints)).toEqual([])
  })

  it('refuses a folder of other files, and what the page makes up', async () => {
    const { base, start } = person()
    const folder = join(base, 'thesis')
    mkdirSync(folder)
    writeFileSync(join(folder, 'thesis.txt'), '')
    const { page, noted } = await start(folder)
    await page.getByRole('button', { name: 'Another folder…' }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'holds other files and no library' })
    expect(await alert.textContent()).toContain(folder)
    expect(await page.evaluate((asked) => bridge().openLibrary(asked), folder)).toMatchObject({
      code: 'library-not-listed',
    })
    expect(readdirSync(folder)).toEqual(['thesis.txt'])
    expect(noted('relaunch')).toEqual([])
  })

  it('does nothing when the user changes their mind, or chooses what is open', async () => {
    const { home, start } = person()
    const { page, noted } = await start(home)
    await page.getByRole('button', { name: 'Another folder…' }).click()
    await expect.poll(() => noted('showOpenDialog')).toHaveLength(1)
    expect(await page.evaluate(() => bridge().libraries())).toMatchObject({ others: [], gone: null })
    expect(noted('relaunch')).toEqual([])
  })

  it('leaves the choice to PIMOE_LIBRARY where that names a library', async () => {
    const { base, home, start } = person()
    const named = join(base, 'named')
    const { page, noted } = await start('', named)
    expect(await openNow(page).getByTitle(named).count()).toBeGreaterThan(0)
    await page.getByText('PIMOE_LIBRARY names the library').waitFor()
    expect(await page.getByRole('button', { name: 'Another folder…' }).isDisabled()).toBe(true)
    expect(await page.evaluate((asked) => bridge().openLibrary(asked), home)).toMatchObject({
      code: 'library-named',
    })
    expect(existsSync(join(home, 'libraries.json'))).toBe(false)
    expect(noted('relaunch')).toEqual([])
  })

  it('opens the default library where the chosen one is gone, and says so', async () => {
    const { base, home, start } = person()
    const folder = join(base, 'Wechselplatte', 'Zellen')
    await writeLibraryList(home, { next: folder, opened: [{ folder, openedAt: '2026-11-28T07:00:00.000Z' }] })
    const { page, complaints } = await start()
    expect(await openNow(page).getByTitle(home).count()).toBeGreaterThan(0)
    const said = page.getByText('The library chosen last was not there')
    expect(await said.textContent()).toContain(folder)
    expect(await page.getByRole('button', { name: `Open ${folder}` }).isDisabled()).toBe(true)
    await page.setViewportSize({ width: 1280, height: 720 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsOf(page)).toEqual([])
    }
    await page.getByRole('button', { name: `Forget ${folder}` }).click()
    await expect.poll(() => said.count()).toBe(0)
    expect(readLibraryList(home)).toMatchObject({ next: null, opened: [{ folder: home }] })
    expect(complaints).toEqual([])
  })
})

declare function bridge(): Bridge
