import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildProgram, root } from '../../support/built.ts'
import { runProgram, type RunningProgram } from '../../support/runningProgram.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

beforeAll(() => buildProgram(), 120_000)

describe('npm start', () => {
  it('stays with Electron once its window was shown, and passes its exit code on', async () => {
    const start = startWith({
      electron: `console.log('pimoe: window shown'); setTimeout(() => process.exit(7), 300)`,
    })
    expect(await start.ended).toBe(7)
    expect(start.stdout()).not.toContain('http://')
  })

  it('gives Electron the folder and no flag', async () => {
    const start = startWith({
      electron: `console.error('ARGS ' + JSON.stringify(process.argv.slice(2))); process.exit(1)`,
    })
    const [, args] = await start.until(/ARGS (\[.*?\])/)
    expect(JSON.parse(args)).toEqual([root])
  })

  it('says why and serves the same window when Electron exits', async () => {
    const start = startWith({
      electron: `console.error('\\n[FATAL] Running as root without a sandbox is not supported.'); process.exit(1)`,
    })
    await expectWindowInBrowser(start)
    expect(reasons(start)).toEqual([
      'Electron ended (1) before its window was shown: [FATAL] Running as root without a sandbox is not supported. The same window opens in the browser instead.',
    ])
  })

  it('says why and serves the same window when Electron hangs', async () => {
    const start = startWith({ electron: 'setInterval(() => {}, 1000)', env: { PIMOE_READY_SECONDS: '1' } })
    await expectWindowInBrowser(start)
    expect(reasons(start)).toEqual([
      'Electron showed no window within 1 s. The same window opens in the browser instead.',
    ])
  })

  it('says why and serves the same window when Electron cannot be run', async () => {
    const path = join(temporaryFolder(), 'electron.exe')
    writeFileSync(path, 'not a program')
    chmodSync(path, 0o644)
    const start = startWith({ env: { PIMOE_ELECTRON: path } })
    await expectWindowInBrowser(start)
    expect(reasons(start)).toEqual([expect.stringMatching(/^Electron cannot be run \(\w+\)\. /)])
  })

  it.each([
    ['TypeError: fetch failed', 'the download of Electron is not reachable'],
    ['RequestError: getaddrinfo ENOTFOUND', 'the download of Electron is not reachable'],
    ['Error: No space left', 'it could not be fetched (Error: No space left)'],
  ])('says why and serves the same window when Electron cannot be fetched: %s', async (error, reason) => {
    const start = startWith({ installer: `console.error('${error}'); process.exit(1)` })
    await expectWindowInBrowser(start)
    expect(reasons(start)).toEqual([
      `Electron is not here: ${reason}. The same window opens in the browser instead.`,
    ])
  })

  it('waits for a fetch no longer than its limit', async () => {
    const start = startWith({ installer: 'setInterval(() => {}, 1000)', env: { PIMOE_INSTALL_SECONDS: '1' } })
    await expectWindowInBrowser(start)
    expect(reasons(start)).toEqual([
      'Electron is not here: its download was not finished after 1 s. The same window opens in the browser instead.',
    ])
  })

  it('runs the Electron that was fetched', async () => {
    const electron = join(temporaryFolder(), 'electron.mjs')
    const program = `console.log('pimoe: window shown'); setTimeout(() => process.exit(5), 100)`
    const installer = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(electron)}, ${JSON.stringify(program)})`
    expect(await startWith({ installer, env: { PIMOE_ELECTRON: electron } }).ended).toBe(5)
  })

  it('opens the default browser at the address with its token', async () => {
    const folder = temporaryFolder()
    const note = join(folder, 'opened')
    const start = startWith({ electron: 'process.exit(1)', env: { BROWSER: recorder(folder, note) } })
    const address = await expectWindowInBrowser(start)
    await expect
      .poll(() => existsSync(note) && readFileSync(note, 'utf8').trim(), { timeout: 10_000 })
      .toBe(address)
  })

  it('does not mind when there is no browser', async () => {
    const start = startWith({
      electron: 'process.exit(1)',
      env: { BROWSER: join(temporaryFolder(), 'absent') },
    })
    await expectWindowInBrowser(start)
  })
})

interface StartOptions {
  electron?: string
  installer?: string
  env?: NodeJS.ProcessEnv
}

function startWith({ electron, installer = 'process.exit(1)', env = {} }: StartOptions): RunningProgram {
  const folder = temporaryFolder()
  const path = join(folder, 'electron.mjs')
  if (electron !== undefined) writeFileSync(path, electron)
  writeFileSync(join(folder, 'installer.mjs'), installer)
  const start = runProgram([join(root, 'scripts/start.mjs')], {
    PIMOE_ELECTRON: path,
    PIMOE_ELECTRON_INSTALL: join(folder, 'installer.mjs'),
    PIMOE_LIBRARY: join(folder, 'library'),
    BROWSER: 'none',
    ...env,
  })
  onTestFinished(() => start.stop())
  return start
}

async function expectWindowInBrowser(start: RunningProgram): Promise<string> {
  const [address] = await start.until(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/)
  const entrance = await fetch(address, { redirect: 'manual' })
  expect(entrance.status).toBe(303)
  const page = await fetch(new URL('/', address))
  expect(await page.text()).toContain('<div id="app"')
  return address
}

function reasons(start: RunningProgram): string[] {
  return start
    .stderr()
    .split('\n')
    .filter((line) => line.includes('instead.'))
}

/** A browser that writes down the address it is given. */
function recorder(folder: string, note: string): string {
  const isWindows = process.platform === 'win32'
  const path = join(folder, isWindows ? 'browser.cmd' : 'browser.sh')
  writeFileSync(path, isWindows ? `@echo %~1> "${note}"\r\n` : `#!/bin/sh\necho "$1" > '${note}'\n`)
  chmodSync(path, 0o755)
  return path
}
