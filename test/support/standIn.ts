import { existsSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { root } from './built.ts'
import { runProgram, type RunningProgram } from './runningProgram.ts'
import { temporaryFolder } from './temporaryFolder.ts'

export interface StandInWindow {
  page: Page
  program: RunningProgram
  /** Details of every noted call of that name, oldest first. */
  noted: (call: string) => unknown[]
  /** Messages of the page's content security policy, and errors that the page did not handle. */
  complaints: string[]
}

export const standInScript = join(root, 'test/electron/standIn/run.ts')

/** Opens the built program under the stand-in and drives its window; all ends with the test. */
export async function openStandIn(env: NodeJS.ProcessEnv = {}): Promise<StandInWindow> {
  const folder = temporaryFolder()
  const journal = join(folder, 'journal')
  const port = await freePort()
  const program = runProgram([standInScript, root], {
    STANDIN_PORT: String(port),
    STANDIN_JOURNAL: journal,
    PIMOE_LIBRARY: join(folder, 'library'),
    ...env,
  })
  onTestFinished(() => program.stop())
  await program.until(/pimoe: window shown/)
  const page = await attach(port)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  return { page, program, complaints, noted: (call) => readJournal(journal, call) }
}

async function attach(port: number): Promise<Page> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`)
  onTestFinished(() => browser.close())
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((each) => each.url().includes('stand-in'))
  if (!page) throw new Error('The stand-in has no page.')
  await page.evaluate('globalThis.bridge = () => globalThis.pimoe')
  return page
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
