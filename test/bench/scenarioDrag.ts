import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createApplication } from '../../src-main/services/application.ts'
import { buildProgram, root } from '../support/built.ts'
import { openWindow } from '../support/openWindow.ts'
import { drawingsOf, noteDrawings, spread, threadSeconds } from './drawings.ts'

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
    await noteDrawings(page, 'assessments/preview')
    const single = await moveOneByOne(page, 60)
    const shown = await dragSteadily(page, 120)
    console.log(`cell of ${cycles} cycles, plan of two blocks, one model`)
    console.log(
      `one move: ${spread(single.times)}; the page computes ${single.computed_ms.toFixed(0)} ms of it or less`,
    )
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

async function takeEdge(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('slider', { name: 'End of block 1, cycles' }).boundingBox()
  if (box === null) throw new Error('The edge is not shown')
  const place = { x: box.x + box.width / 2, y: box.y + 40 }
  await page.mouse.move(place.x, place.y)
  await page.mouse.down()
  return place
}

async function moveOneByOne(page: Page, count: number) {
  const { x, y } = await takeEdge(page)
  const seconds = await threadSeconds(page)
  const before = await seconds()
  for (let move = 1; move <= count; move++) {
    const drawn = (await drawingsOf(page)).length
    await page.mouse.move(x + 6 * (move % 2 === 0 ? 0 : 1 + (move % 9)), y)
    while ((await drawingsOf(page)).length === drawn) await page.waitForTimeout(5)
  }
  const computed_ms = (1000 * ((await seconds()) - before)) / count
  await page.mouse.up()
  return { times: (await drawingsOf(page)).slice(5).map(({ moved_ms }) => moved_ms), computed_ms }
}

async function dragSteadily(page: Page, moves: number) {
  await page.waitForTimeout(1000)
  const { x, y } = await takeEdge(page)
  const before = (await drawingsOf(page)).length
  const start = performance.now()
  for (let move = 0; move < moves; move++) await page.mouse.move(x + 80 * Math.sin(move / 12), y)
  const seconds = (performance.now() - start) / 1000
  await page.waitForTimeout(300)
  await page.mouse.up()
  return { moves, seconds, answers: (await drawingsOf(page)).length - before }
}
