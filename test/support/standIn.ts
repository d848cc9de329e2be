import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { root } from './built.ts'
import { runProgram, type RunningProgram } from './runningProgram.ts'

export interface StandInWindow {
  page: Page
  program: RunningProgram
  /** Details of every noted call of that name, oldest first. */
  noted: (call: string) => unknown[]
  /** Messages of the page's content security policy, and errors that the page did not handle. */
  complaints: string[]
  close: () => Promise<void>
}

export const standInScript = join(root, 'test/electron/standIn/run.ts')

/** Opens the built program under the stand-in and drives its window. */
export async function openStandIn(env: NodeJS.ProcessEnv = {}): Promise<StandInWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-stand-in-'))
  const journal = join(folder, 'journal')
  const port = await freePort()
  const program = runProgram([standInScript, root], {
    STANDIN_PORT: String(port),
    STANDIN_JOURNAL: journal,
    PIMOE_LIBRARY: join(folder, 'library ä'),
    ...env,
  })
  await program.until(/pimoe: window shown/)
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`)
  const page = await ownPage(browser)
  const close = async (): Promise<void> => {
    await browser.close()
    await program.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { page, program, complaints: complaintsOf(page), noted: (call) => readJournal(journal, call), close }
}

async function ownPage(browser: Browser): Promise<Page> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  const page = pages.find((each) => each.url().includes('stand-in'))
  if (!page) throw new Error('The stand-in has no page.')
  await page.evaluate('globalThis.bridge = () => globalThis.pimoe')
  return page
}

function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}

function readJournal(file: string, call: string): unknown[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const entries = lines.map((line) => JSON.parse(line) as { call: string; detail: unknown })
  return entries.filter((entry) => entry.call === call).map((entry) => entry.detail)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
