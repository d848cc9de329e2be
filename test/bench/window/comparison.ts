import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Comparison, ComparisonRow } from '../../../src-shared/contract/comparisons.ts'
import { matchFutures } from '../../../src-shared/lot/divergence.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'
import { openWindow } from '../../support/openWindow.ts'
import { fillLibrary } from '../library/tenThousand.ts'
import { drawingsOf, drawn, noteDrawings } from './drawings.ts'
import type { Figure } from './figure.ts'

const plans = ['Solar storage', 'Peak shaving', 'Forklift', 'Reserve power']

/**
 * How long the window takes to draw many trajectories, from the answer to the picture, and to follow the pointer over them;
 * and how long their matching takes.
 */
export async function comparisonFigures(count: number, cycles: number): Promise<Figure[]> {
  const comparison = madeComparison(count, cycles)
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-compared-'))
  const library = join(folder, 'library')
  // Without a cell the place compares nothing.
  fillLibrary(library, count)
  const { page, close } = await openWindow({ library })
  try {
    await answerWith(page, comparison)
    await noteDrawings(page, 'comparisons/run')
    await notePointing(page)
    const figures: Figure[] = []
    for (const view of ['overlay', 'scenario', 'cell']) {
      const what = `${count} trajectories × ${cycles} cycles, ${view}`
      figures.push({ what: `${what}, drawn`, aim_ms: 300, times: await openOften(page, view, 7) })
      figures.push({ what: 'the pointer followed over them', aim_ms: 50, times: await pointOften(page, 40) })
    }
    return [...figures, ...matchingFigures(comparison)]
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function answerWith(page: Page, comparison: Comparison): Promise<unknown> {
  return page.route('**/rpc', (route) => {
    const asked = route.request().postDataJSON() as { id: number; name: string }
    if (asked.name !== 'comparisons/run') return route.continue()
    const line = `${JSON.stringify({ id: asked.id, output: comparison })}\n`
    return route.fulfill({ contentType: 'application/x-ndjson', body: line })
  })
}

function matchingFigures({ rows }: Comparison): Figure[] {
  const futures = rows.map(({ assessment }) =>
    Float64Array.from(assessment?.trajectory ?? [], ({ capacity_Ah }) => capacity_Ah / 3.5),
  )
  return [2, 4].map((size) => {
    const start = performance.now()
    const { groups } = matchFutures(futures, size)
    const times = [performance.now() - start]
    return { what: `matched into ${groups.length} groups of ${size}`, aim_ms: 1000, times }
  })
}

function madeComparison(count: number, cycles: number): Comparison {
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
    await drawn(page, before + time + 1, `the ${view} of ${hash} drawn`)
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
