import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildProgram, root } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

let window: OpenWindow

beforeAll(async () => {
  buildProgram()
  window = await openWindow()
}, 120_000)
afterAll(() => window.close())

/** The scripts that the browser had fetched by the moment the window showed. */
async function scriptsBefore(): Promise<string[]> {
  const { page } = window
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelector('nav') === null) return
      seen.disconnect()
      const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
      Object.assign(globalThis, { fetched: names.filter((name) => /\.m?js$/.test(name)) })
    })
    seen.observe(document, { childList: true, subtree: true })
  })
  await page.reload()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  return page.evaluate(() => (globalThis as unknown as { fetched: string[] }).fetched)
}

it('loads no more than 300 kB of script, gzipped, in few files before the window shows', async () => {
  const scripts = await scriptsBefore()
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.length).toBeLessThanOrEqual(4)
  const read = (file: string): Buffer => readFileSync(join(root, 'dist/renderer', file))
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
  expect(bytes).toBeLessThanOrEqual(300_000)
})

it('asks for the cells before the rest of the page is there, and for other places when it stands', async () => {
  const { page } = window
  const asked = page.waitForRequest((request) => request.postData()?.includes('"cells/rows"') === true)
  await page.route('**/assets/page-*.js', async (route) => {
    await asked
    await route.continue()
  })
  const loaded = page.waitForResponse(/HelpView-.*\.js$/)
  await page.reload()
  await asked
  await loaded
  await page.unroute('**/assets/page-*.js')
  expect(window.complaints).toEqual([])
})
