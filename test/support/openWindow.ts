import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { root } from './built.ts'
import { runProgram } from './runningProgram.ts'
import { writeTestModel } from './testModel.ts'

export interface OpenWindow {
  readonly page: Page
  readonly browser: Browser
  readonly address: string
  readonly library: string
  /** Everything the page complained about: errors in the console, violations of the policy, requests elsewhere. */
  readonly complaints: string[]
  readonly close: () => Promise<void>
  /** Kills the program as a crash would, and closes the browser; the library stays. */
  readonly crash: () => Promise<void>
}

export interface WindowOptions extends BrowserContextOptions {
  /** A folder to keep; absent: one of its own, removed at the end. */
  library?: string
  /** A small untrained model stands in the library; false: the program's own models answer. */
  testModel?: boolean
}

/** The built program in its HTTP host, and a browser on its page. */
export async function openWindow({
  library,
  testModel = true,
  ...context
}: WindowOptions = {}): Promise<OpenWindow> {
  const folder = library ?? join(mkdtempSync(join(tmpdir(), 'pimoe-fenêtre-')), 'Bücherei')
  if (testModel) await writeTestModel(join(folder, 'models'), 'demo')
  const program = runProgram([join(root, 'dist/main/cli.js'), 'serve', '--library', folder])
  const [address] = await program.until(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/)
  const browser = await launchBrowser()
  const page = await browser.newPage({
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
    ...context,
  })
  const complaints = listen(page, new URL(address).origin)
  await page.goto(address)
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  const close = async (): Promise<void> => {
    await browser.close()
    await program.stop()
    if (library === undefined) rmSync(join(folder, '..'), { recursive: true, force: true, maxRetries: 5 })
  }
  const crash = async (): Promise<void> => {
    program.child.kill('SIGKILL')
    await program.ended
    await browser.close()
  }
  return { page, browser, address, library: folder, complaints, close, crash }
}

function listen(page: Page, origin: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url()))
      complaints.push(request.url())
  })
  return complaints
}
