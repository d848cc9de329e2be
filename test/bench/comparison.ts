import type { Page } from 'playwright-core'
import type { Comparison, ComparisonRow } from '../../src-shared/contract/comparisons.ts'
import { matchFutures } from '../../src-shared/lot/divergence.ts'
import { sampleAssessment } from '../fixtures/assessment.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow } from '../support/openWindow.ts'
import { drawingsOf, noteDrawings, spread } from './drawings.ts'

// Prints how long the window takes to draw many trajectories, from the answer to the picture, and to follow the pointer
// over them; and how long their matching takes: node test/bench/comparison.ts [trajectories] [cycles]
const [count = 200, cycles = 150] = process.argv.slice(2).map(Number)
const plans = ['Solar storage', 'Peak shaving', 'Forklift', 'Reserve power']
const comparison = madeComparison()

buildProgram()
const { page, close } = await openWindow()
try {
  await page.route('**/rpc', (route) => {
    const asked = route.request().postDataJSON() as { id: number; name: string }
    if (asked.name !== 'comparisons/run') return route.continue()
    const line = `${JSON.stringify({ id: asked.id, output: comparison })}\n`
    return route.fulfill({ contentType: 'application/x-ndjson', body: line })
  })
  await noteDrawings(page, 'comparisons/run')
  await notePointing(page)
  for (const view of ['overlay', 'scenario', 'cell']) {
    const drawn = await openOften(page, view, 7)
    const followed = await pointOften(page, 40)
    console.log(
      `${count} × ${cycles}, ${view}: drawn in ${spread(drawn)}; pointer followed in ${spread(followed)}`,
    )
  }
} finally {
  await close()
}
const futures = comparison.rows.map(({ assessment }) =>
  Float64Array.from(assessment?.trajectory ?? [], ({ capacity_Ah }) => capacity_Ah / 3.5),
)
for (const size of [2, 4]) {
  const start = performance.now()
  const { groups } = matchFutures(futures, size)
  console.log(
    `matched into ${groups.length} groups of ${size} in ${(performance.now() - start).toFixed(0)} ms`,
  )
}

function madeComparison(): Comparison {
  const rows = Array.from({ length: count }, (_, index): ComparisonRow => {
    const assessment = sampleAssessment({
      seed: index + 1,
      horizon: cycles,
      extrapolatedFrom: 40 + (index % 60),
    })
    const cell = `cell-${Math.floor(index / plans.length)}`
    const scenario = plans[index % plans.length]
    const surpassed = { cycles: assessment.endOfLife.p50, stateOfHealth: 0.7 }
    const told = { cell, cellName: cell, scenario, rank: index + 1, surpassed, crossings: [] }
    return { ...told, assessment, failure: null }
  })
  return { schema: 'pimoe-comparison/1', rankedBy: 'cycles', confidence: 'p50', rows }
}

/** Notes how long every move of the pointer takes to the picture after it. */
function notePointing(page: Page): Promise<void> {
  return page.evaluate(() => {
    const pointed: number[] = []
    Object.assign(globalThis, { pointed })
    const note = (start: number): void =>
      void requestAnimationFrame(() => requestAnimationFrame(() => pointed.push(performance.now() - start)))
    addEventListener('mousemove', () => note(performance.now()), true)
  })
}

function pointedOf(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { pointed: number[] }).pointed)
}

async function openOften(page: Page, view: string, times: number): Promise<number[]> {
  const before = (await drawingsOf(page)).length
  for (let time = 0; time < times; time++) {
    const hash = `#/compare?cells=a&view=${view}&threshold=${60 + time}`
    await page.evaluate((next) => (location.hash = next), hash)
    while ((await drawingsOf(page)).length <= before + time) await page.waitForTimeout(20)
    await page.waitForTimeout(200)
  }
  // The first opens the place and the chart with it.
  return (await drawingsOf(page)).slice(before + 1).map(({ answered_ms }) => answered_ms)
}

async function pointOften(page: Page, moves: number): Promise<number[]> {
  const box = await page.getByRole('img', { name: /trajectories/ }).boundingBox()
  if (box === null) throw new Error('There is no chart')
  const before = (await pointedOf(page)).length
  for (let move = 0; move < moves; move++) {
    await page.mouse.move(
      box.x + box.width * (0.2 + 0.6 * (move / moves)),
      box.y + box.height * (0.3 + 0.02 * (move % 20)),
    )
    await page.waitForTimeout(120)
  }
  return (await pointedOf(page)).slice(before)
}
