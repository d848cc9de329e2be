import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../../support/browser.ts'
import { root } from '../../support/built.ts'
import { openWindow } from '../../support/openWindow.ts'
import { runProgram } from '../../support/runningProgram.ts'
import { fillLibrary } from '../library/tenThousand.ts'
import { type Figure, middle } from './figure.ts'
import { within } from './within.ts'

/** How a library of many cells opens, answers a search and scrolls. */
export async function libraryFigures(size: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-library-'))
  try {
    const library = join(folder, 'library')
    fillLibrary(library, size)
    // Files and the browser are warm, as on any start but the first.
    await (await openWindow({ library, testModel: false })).close()
    const started = await starts(library, 7)
    const { page, close } = await openWindow({ library, testModel: false })
    try {
      await noteFirstRow(page)
      await page.reload()
      await firstRow(page)
      const scrolled = await scrolls(page)
      return [
        { what: `${size} cells: program started to first rows`, aim_ms: 1500, ...started },
        { what: 'page opened to first rows', aim_ms: 1500, times: await reloads(page, 7) },
        { what: 'search, typed to shown', aim_ms: 100, times: await searches(page) },
        { what: 'frame of a fast scroll', aim_ms: 50, ...scrolled },
      ]
    } finally {
      await close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Notes when the picture with the first row stands on the screen, ms of the machine's clock. */
function noteFirstRow(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelector('[data-row="0"]')?.textContent.includes('NCA-00001') !== true) return
      seen.disconnect()
      const note = (): void => {
        Object.assign(globalThis, { firstRow: performance.timeOrigin + performance.now() })
      }
      requestAnimationFrame(() => requestAnimationFrame(note))
    })
    seen.observe(document, { childList: true, subtree: true })
  })
}

async function firstRow(page: Page): Promise<number> {
  const noted = (): unknown => (globalThis as { firstRow?: number }).firstRow
  await within('the first row of the library', page.waitForFunction(noted, null, { polling: 50 }))
  return Number(await page.evaluate(noted))
}

const clock = (): number => performance.timeOrigin + performance.now()

/**
 * From the start of the program's process; in between, when it tells its address. The browser is open and knows the page, as
 * the user's does, for it stands at the same address from start to start.
 */
async function starts(library: string, times: number): Promise<Pick<Figure, 'times' | 'note'>> {
  const browser = await launchBrowser()
  const user = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  const taken: number[] = []
  const told: number[] = []
  for (let time = 0; time < times; time++) {
    const page = await user.newPage()
    await noteFirstRow(page)
    const start = clock()
    const program = runProgram([join(root, 'dist/main/cli.js'), 'serve', '--library', library])
    const [address] = await program.until(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/)
    told.push(clock() - start)
    await page.goto(address, { waitUntil: 'commit' })
    taken.push((await firstRow(page)) - start)
    await page.close()
    await program.stop()
  }
  await browser.close()
  return { times: taken, note: `the address is told after ${middle(told).toFixed(0)} ms` }
}

async function reloads(page: Page, times: number): Promise<number[]> {
  const taken: number[] = []
  for (let time = 0; time < times; time++) {
    await page.goto('about:blank')
    const start = clock()
    await page.goBack({ waitUntil: 'commit' })
    taken.push((await firstRow(page)) - start)
  }
  return taken
}

/** Each letter of a search until the rows are drawn. */
function searches(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('[data-filter] input, input[data-filter]')
    if (input === null) throw new Error('There is no search')
    const times: number[] = []
    for (const text of ['n', 'nc', 'nca', 'nca-0', 'nca-04', 'nca-041', 'nca-0412', '', 'retest lg', '']) {
      const start = performance.now()
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      times.push(performance.now() - start)
    }
    return times
  })
}

/** Frames of a fast scroll through all rows, and in how many of them a row was missing where it should be. */
async function scrolls(page: Page): Promise<Pick<Figure, 'times' | 'note'>> {
  const { times, blank } = await page.evaluate(async () => {
    const table = document.querySelector('table')?.closest('.overflow-auto') ?? null
    if (table === null) throw new Error('There is no table')
    const { left, top, bottom } = table.getBoundingClientRect()
    const isRow = (y: number): boolean =>
      document.elementFromPoint(left + 200, y)?.closest('[data-row]') instanceof Element
    const told = { times: [] as number[], blank: 0 }
    let last = performance.now()
    while (told.times.length < 300) {
      table.scrollTop += 600
      await new Promise((resolve) => requestAnimationFrame(resolve))
      told.times.push(performance.now() - last)
      last = performance.now()
      if (![top + 50, (top + bottom) / 2, bottom - 40].every(isRow)) told.blank += 1
    }
    return told
  })
  return { times, note: `${blank} of ${times.length} frames with a blank row` }
}
