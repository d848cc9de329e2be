import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Bridge } from '../../src-shared/contract/bridge.ts'
import { buildProgram, root } from '../support/built.ts'
import { runProgram } from '../support/runningProgram.ts'
import { openStandIn, standInScript, type StandInWindow } from '../support/standIn.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

beforeAll(() => buildProgram(), 120_000)

describe('the Electron window, under the stand-in', () => {
  let window: StandInWindow
  beforeAll(async () => {
    window = await openStandIn()
  })
  afterAll(() => window.close())

  it('is one, safe, with a menu and one listener', async () => {
    const { page, noted } = window
    expect(await page.title()).toBe('PIMOE')
    expect(noted('show')).toHaveLength(1)
    expect(noted('handle')).toEqual(['pimoe'])
    expect(noted('setApplicationMenu')).toHaveLength(1)
    expect(noted('permissionRequest')).toEqual([false])
    expect(noted('permissionCheck')).toEqual([false])
  })

  it('gives the page the bridge, frozen, and nothing of Node', async () => {
    const { page } = window
    expect(await page.evaluate(`Object.keys(pimoe).sort().join()`)).toBe(
      'acceleration,connect,forgetLibrary,libraries,openFiles,openLibrary,openOtherLibrary,pathOf,regionalFormat,save,setAcceleration,showInFolder',
    )
    expect(await page.evaluate('Object.isFrozen(pimoe)')).toBe(true)
    expect(await page.evaluate('typeof require + typeof process')).toBe('undefinedundefined')
  })

  it('answers requests over the port, from the utility process', async () => {
    const { page } = window
    expect(await ask(page, 'app/info')).toMatchObject({ id: 1, output: { host: 'electron' } })
    expect(await ask(page, 'toString')).toMatchObject({ id: 1, error: { code: 'no-such-request' } })
  })

  it('refuses calls that are not exactly the known ones', async () => {
    const call = window.page.evaluate(() => bridge().save({ fileName: 'a', base64: 'no base64!' }))
    await expect(call).rejects.toThrow('does not know this call')
  })

  it('saves and opens nothing when the user changes their mind', async () => {
    const { page } = window
    expect(await page.evaluate(() => bridge().save({ fileName: 'a.pdf', base64: 'QUJD' }))).toBeNull()
    expect(await page.evaluate(() => bridge().openFiles())).toEqual([])
  })

  it('runs no inline script and no handler in an attribute', async () => {
    const { page, complaints } = window
    expect(complaints).toEqual([])
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.injected = true')
      button.click()
    })
    await expect.poll(() => complaints.length).toBe(2)
    expect(await page.evaluate('window.injected')).toBeUndefined()
  })

  it('neither navigates away nor opens a window', async () => {
    const { page, noted } = window
    const before = page.url()
    await page.evaluate(() => void globalThis.open('https://elsewhere.example/'))
    await expect.poll(() => noted('popup')).toEqual(['deny'])
    await page.evaluate(() => globalThis.location.assign('https://elsewhere.example/'))
    await expect.poll(() => noted('navigation')).toContain('prevented')
    expect(page.url()).toBe(before)
    expect(await ask(page, 'app/info')).toMatchObject({ output: { host: 'electron' } })
  })
})

describe('the Electron program, under the stand-in', () => {
  it('saves and opens where the user says, and shows only what it saved', async () => {
    const path = join(temporaryFolder(), 'Bericht ä.pdf')
    const { page, noted, close } = await openStandIn({ STANDIN_SAVE: path, STANDIN_OPEN: '/Zelle ä.csv' })
    onTestFinished(close)
    const saved = await page.evaluate(() => bridge().save({ fileName: 'a/b:c.pdf', base64: 'QUJD' }))
    expect(saved).toEqual({ path })
    expect(readFileSync(path, 'utf8')).toBe('ABC')
    expect(noted('showSaveDialog')).toEqual([{ defaultPath: 'a_b_c.pdf' }])
    await page.evaluate((shown) => bridge().showInFolder(shown), path)
    await page.evaluate(() => bridge().showInFolder('/etc/passwd'))
    expect(noted('showItemInFolder')).toEqual([path])
    expect(await page.evaluate(() => bridge().openFiles())).toEqual(['/Zelle ä.csv'])
  })

  it('says what stands against a file that cannot be written', async () => {
    const file = join(temporaryFolder(), 'a file')
    writeFileSync(file, 'x')
    const { page, close } = await openStandIn({ STANDIN_SAVE: join(file, 'Bericht.pdf') })
    onTestFinished(close)
    expect(await page.evaluate(() => bridge().save({ fileName: 'a.pdf', base64: 'QUJD' }))).toMatchObject({
      error: { kind: 'usage', code: 'not-writable', file: join(file, 'Bericht.pdf') },
    })
  })

  it('draws without the graphics processor once that was switched off in Settings', async () => {
    const library = join(temporaryFolder(), 'library')
    const first = await openStandIn({ PIMOE_LIBRARY: library })
    expect(first.noted('disableHardwareAcceleration')).toEqual([])
    await first.page.getByRole('link', { name: 'Settings' }).click()
    const wanted = first.page.getByRole('switch', { name: 'Hardware acceleration' })
    await wanted.uncheck()
    await first.page.getByText('Switched off from the next start of the program.').waitFor()
    await expect
      .poll(() => readFileSync(join(library, 'window.json'), { encoding: 'utf8', flag: 'a+' }))
      .toContain('false')
    await first.close()
    const second = await openStandIn({ PIMOE_LIBRARY: library })
    onTestFinished(second.close)
    expect(second.noted('disableHardwareAcceleration')).toHaveLength(1)
    await second.page.getByRole('link', { name: 'Settings' }).click()
    await expect
      .poll(() => second.page.getByRole('switch', { name: 'Hardware acceleration' }).isChecked())
      .toBe(false)
    expect(await second.page.getByText('from the next start of the program').count()).toBe(0)
    expect(await second.page.evaluate(() => bridge().acceleration())).toEqual({
      isUsed: false,
      isWanted: false,
    })
  })

  it('writes numbers as the regional format of the system does, not as the language of the window', async () => {
    const unnamed = { LC_ALL: '', LC_NUMERIC: '', LC_TIME: '', LANG: '' }
    const { page, close } = await openStandIn({ ...unnamed, STANDIN_REGION: 'fr-FR' })
    onTestFinished(close)
    expect(await page.evaluate(() => bridge().regionalFormat())).toBe('fr-FR')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText(/^12\u202f345,6 · \d+ /).waitFor()
  })

  it('says why drawing cannot be switched, and leaves the switch as it was', async () => {
    const library = join(temporaryFolder(), 'library')
    // No file can take the place of a folder.
    mkdirSync(join(library, 'window.json', 'in the way'), { recursive: true })
    const { page, close } = await openStandIn({ PIMOE_LIBRARY: library })
    onTestFinished(close)
    await page.getByRole('link', { name: 'Settings' }).click()
    const wanted = page.getByRole('switch', { name: 'Hardware acceleration' })
    await wanted.click()
    await page
      .getByText(/cannot be written|could not be written/)
      .first()
      .waitFor()
    await expect.poll(() => wanted.isChecked()).toBe(true)
  })

  it('ends with its last window, after the application', async () => {
    const { page, program, close } = await openStandIn()
    onTestFinished(close)
    await page.close()
    expect(await program.ended).toBe(0)
  })

  it('leaves at once when it runs already', async () => {
    const program = runProgram([standInScript, root], { STANDIN_SECOND: '1' })
    onTestFinished(() => program.stop())
    expect(await program.ended).toBe(0)
    expect(program.stdout()).toBe('pimoe: runs already\n')
  })

  it('is what npm start takes for Electron', async () => {
    const folder = temporaryFolder()
    const journal = join(folder, 'journal')
    const start = runProgram([join(root, 'scripts/start.mjs')], {
      PIMOE_ELECTRON: standInScript,
      PIMOE_LIBRARY: join(folder, 'library'),
      STANDIN_JOURNAL: journal,
    })
    onTestFinished(() => start.stop())
    await expect.poll(() => readFileSync(journal, { encoding: 'utf8', flag: 'a+' })).toContain('"show"')
    start.child.kill('SIGINT')
    await start.ended
    expect(start.stderr()).not.toContain('instead')
    expect(start.stdout()).toBe('')
  })
})

declare function bridge(): Bridge

/** One request over a fresh port, as the page's host does it. */
function ask(page: Page, name: string): Promise<unknown> {
  return page.evaluate(
    (asked) =>
      new Promise((resolve) => {
        globalThis.addEventListener('message', function received(event) {
          const port = event.ports.at(0)
          if (event.data !== 'pimoe-port' || !port) return
          globalThis.removeEventListener('message', received)
          port.onmessage = (message: MessageEvent<unknown>) => resolve(message.data)
          port.postMessage({ id: 1, name: asked, input: {} })
        })
        void bridge().connect()
      }),
    name,
  )
}
