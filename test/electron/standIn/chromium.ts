import { chromium, type Browser } from 'playwright-core'
import { findBrowser } from '../../support/browser.ts'

let running: Promise<Browser> | null = null

/** The one browser behind all windows; STANDIN_PORT lets the test drive it too. */
export function browser(): Promise<Browser> {
  running ??= launch()
  return running
}

async function launch(): Promise<Browser> {
  const found = await findBrowser()
  if (!found) throw new Error('No browser found.')
  const port = process.env['STANDIN_PORT']
  const debugging = port === undefined ? [] : [`--remote-debugging-port=${port}`]
  return chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args, ...debugging],
    headless: true,
    // Without a locale Chromium finds no file whose name is not ASCII.
    env: { LANG: 'C.UTF-8', ...process.env },
  })
}

export async function closeBrowser(): Promise<void> {
  await (await running)?.close()
}
