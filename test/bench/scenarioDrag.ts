import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createApplication } from '../../src-main/services/application.ts'
import { buildProgram, root } from '../support/built.ts'
import { openWindow } from '../support/openWindow.ts'

// Prints how long a trajectory takes to follow a block's edge, from the pointer's move to the drawn answer, and what a
// steady drag shows: node test/bench/scenarioDrag.ts [FILE of an NCA cell of 3.5 Ah]
const [file = join(root, 'assets/samples/raw/retired-A.csv.gz')] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'pimoe-drag-'))
try {
  buildProgram()
  const cycles = await fillLibrary()
  const { page, close } = await openWindow({ library: folder, testModel: false })
  try {
    await openPlan(page)
    await listen(page)
    const single = await moveOneByOne(page, 60)
    const shown = await dragSteadily(page, 120)
    console.log(`cell of ${cycles} cycles, plan of two blocks, one model`)
    console.log(`one move: ${spread(single)}`)
    console.log(
      `steady drag: ${shown.moves} moves in ${shown.seconds.toFixed(2)} s, ${shown.answers} answers drawn`,
    )
  } finally {
    await close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function fillLibrary(): Promise<number> {
  const application = createApplication({ libraryFolder: folder, host: 'cli' })
  const context = { signal: new AbortController().signal, progress: () => undefined }
  const stated = { chemistry: 'NCA', nominalCapacity_Ah: 3.5, temperature_degC: 25 }
  const { files } = await application['files/import']({ paths: [file], ...stated }, context)
  const use = { cycles: 40, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
  const blocks = [use, { ...use, charge_rate: 0.25 }]
  await application['scenarios/save']({ scenario: { name: 'Drag', blocks } }, context)
  await application.close()
  return files[0].cycles
}

async function openPlan(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Scenarios' }).click()
  await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
}

/** Notes when the pointer moved, and when the second picture after the answer to it began: the first one shows it. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const marks = { moved: 0, drawn: [] as number[] }
    Object.assign(globalThis, { marks })
    addEventListener('pointermove', () => (marks.moved = performance.now()), true)
    const note = (moved: number): void => void marks.drawn.push(performance.now() - moved)
    const { fetch } = globalThis
    globalThis.fetch = async (...asked) => {
      const { moved } = marks
      const response = await fetch(...asked)
      const body = asked[1]?.body
      if (typeof body !== 'string' || !body.includes('assessments/preview')) return response
      const answered = response.clone().text()
      void answered.then(() => requestAnimationFrame(() => requestAnimationFrame(() => note(moved))))
      return response
    }
  })
}

async function takeEdge(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('slider', { name: 'End of block 1, cycles' }).boundingBox()
  if (box === null) throw new Error('The edge is not shown')
  const place = { x: box.x + box.width / 2, y: box.y + 40 }
  await page.mouse.move(place.x, place.y)
  await page.mouse.down()
  return place
}

function drawn(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { marks: { drawn: number[] } }).marks.drawn)
}

async function moveOneByOne(page: Page, count: number): Promise<number[]> {
  const { x, y } = await takeEdge(page)
  for (let move = 1; move <= count; move++) {
    const before = (await drawn(page)).length
    await page.mouse.move(x + 6 * (move % 2 === 0 ? 0 : 1 + (move % 9)), y)
    while ((await drawn(page)).length === before) await page.waitForTimeout(5)
  }
  await page.mouse.up()
  return (await drawn(page)).slice(5)
}

async function dragSteadily(page: Page, moves: number) {
  await page.waitForTimeout(1000)
  const { x, y } = await takeEdge(page)
  const before = (await drawn(page)).length
  const start = performance.now()
  for (let move = 0; move < moves; move++) await page.mouse.move(x + 80 * Math.sin(move / 12), y)
  const seconds = (performance.now() - start) / 1000
  await page.waitForTimeout(300)
  await page.mouse.up()
  return { moves, seconds, answers: (await drawn(page)).length - before }
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0)} ms`
  return `median ${at(0.5)}, 90 % within ${at(0.9)}, longest ${at(1)}, of ${times.length}`
}
