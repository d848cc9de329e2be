import type { Page } from 'playwright-core'
import type { Comparison, ComparisonRow } from '../../src-shared/contract/comparisons.ts'
import { matchFutures } from '../../src-shared/lot/divergence.ts'
import { sampleAssessment } from '../fixtures/assessment.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow } from '../support/openWindow.ts'

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
  await listen(page)
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

/** Notes how long the page takes from the answer, and from every move of the pointer, to the picture. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const marks = { answered: [] as number[], pointed: [] as number[] }
    Object.assign(globalThis, { marks })
    const painted = (times: number[], start: number): void =>
      void requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - start)))
    addEventListener('mousemove', () => painted(marks.pointed, performance.now()), true)
    const { fetch } = globalThis
    globalThis.fetch = async (...asked) => {
      const response = await fetch(...asked)
      const body = asked[1]?.body
      if (typeof body !== 'string' || !body.includes('comparisons/run')) return response
      void response
        .clone()
        .text()
        .then(() => painted(marks.answered, performance.now()))
      return response
    }
  })
}

function marks(page: Page): Promise<{ answered: number[]; pointed: number[] }> {
  return page.evaluate(
    () => (globalThis as unknown as { marks: { answered: number[]; pointed: number[] } }).marks,
  )
}

async function openOften(page: Page, view: string, times: number): Promise<number[]> {
  const before = (await marks(page)).answered.length
  for (let time = 0; time < times; time++) {
    const hash = `#/compare?cells=a&view=${view}&threshold=${60 + time}`
    await page.evaluate((next) => (location.hash = next), hash)
    while ((await marks(page)).answered.length <= before + time) await page.waitForTimeout(20)
    await page.waitForTimeout(200)
  }
  // The first opens the place and the chart with it.
  return (await marks(page)).answered.slice(before + 1)
}

async function pointOften(page: Page, moves: number): Promise<number[]> {
  const box = await page.getByRole('img', { name: /trajectories/ }).boundingBox()
  if (box === null) throw new Error('There is no chart')
  const before = (await marks(page)).pointed.length
  for (let move = 0; move < moves; move++) {
    await page.mouse.move(
      box.x + box.width * (0.2 + 0.6 * (move / moves)),
      box.y + box.height * (0.3 + 0.02 * (move % 20)),
    )
    await page.waitForTimeout(120)
  }
  return (await marks(page)).pointed.slice(before)
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0)} ms`
  return `${at(0.5)} (90 % within ${at(0.9)})`
}
