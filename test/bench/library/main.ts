import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openWindow } from '../../support/openWindow.ts'
import { fillLibrary } from './tenThousand.ts'

// Prints how a library of many cells opens, answers a search and scrolls: node test/bench/library/main.ts [cells]
// Build first: node scripts/run.mjs --build=main,renderer
const [size = '10000'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'pimoe-library-'))
try {
  const library = join(folder, 'library')
  fillLibrary(library, Number(size))
  // Files and the browser are warm, as on any start but the first.
  await (await openWindow({ library, testModel: false })).close()
  const { page, close } = await openWindow({ library, testModel: false })
  await page.getByRole('row', { name: /NCA-00001/ }).waitFor()
  await page.goto('about:blank')
  const start = performance.now()
  await page.goBack({ waitUntil: 'commit' })
  await page.getByRole('row', { name: /NCA-00001/ }).waitFor()
  const [load] = loadavg()
  console.log(`load of the machine ${load.toFixed(1)} on ${availableParallelism()} cores`)
  console.log(`${size} cells: page to first rows ${(performance.now() - start).toFixed(0)} ms`)
  console.log(`search, typed to shown: ${await searches(page)}`)
  console.log(`scroll: ${await scrolls(page)}`)
  await close()
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Each letter of a search until the rows are drawn. */
async function searches(page: Page): Promise<string> {
  const times = await page.evaluate(async () => {
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
  return `median ${median(times).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms`
}

/** Frames of a fast scroll through all rows, and in how many of them a row was missing where it should be. */
async function scrolls(page: Page): Promise<string> {
  const { frames, blank, longest } = await page.evaluate(async () => {
    const table = document.querySelector('table')?.closest('.overflow-auto') ?? null
    if (table === null) throw new Error('There is no table')
    const { left, top, bottom } = table.getBoundingClientRect()
    const isRow = (y: number): boolean =>
      document.elementFromPoint(left + 200, y)?.closest('[data-row]') instanceof Element
    const told = { frames: 0, blank: 0, longest: 0 }
    let last = performance.now()
    while (told.frames < 300) {
      table.scrollTop += 600
      await new Promise((resolve) => requestAnimationFrame(resolve))
      told.frames += 1
      told.longest = Math.max(told.longest, performance.now() - last)
      last = performance.now()
      if (![top + 50, (top + bottom) / 2, bottom - 40].every(isRow)) told.blank += 1
    }
    return told
  })
  return `${blank} of ${frames} frames with a blank row, longest frame ${longest.toFixed(0)} ms`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
