import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { root } from '../../support/built.ts'
import { openWindow } from '../../support/openWindow.ts'
import { sharedData } from '../../support/shared.ts'
import { setFields, storeCell } from '../../unit/library/storedCells.ts'
import { drawingsOf, drawn, noteDrawings, threadSeconds } from './drawings.ts'
import type { Figure } from './figure.ts'

/** A published cell where there is one, answered by the default model; else simulated ones, by the demo model. */
const file =
  sharedData('UL-NCA', 'CY25-05_1-#2.csv') ?? join(root, 'assets/samples/SIM-NCA/CY25-05_1-#1.csv.gz')
const others = 50

/** From the pointer's move of a block's edge to the drawn answer: of one cell, and of one with 50 others. */
export async function dragFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-drag-'))
  try {
    await fillLibrary(folder)
    const { page, close } = await openWindow({ library: folder, testModel: false })
    try {
      await openPlan(page)
      const one = await followed(page, 'assessments/preview')
      await addOthers(page)
      const many = await followed(page, 'assessments/follow')
      return [
        { what: 'trajectory follows a dragged edge, one cell', aim_ms: 50, ...one },
        { what: `the same of ${others} more cells`, aim_ms: 200, ...many },
      ]
    } finally {
      await close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Each cell is another cycle of one record, so that no two answers are the same. */
async function fillLibrary(folder: string): Promise<void> {
  const { cycles, simulated } = await readFile(file)
  const usable = cycles.filter(({ chargeCurve }) => chargeCurve !== null)
  mkdirSync(folder, { recursive: true })
  const library = openLibrary(folder)
  for (let i = 0; i <= others; i++) {
    const cycle = usable[Math.floor((i * usable.length) / (others + 1))]
    const described = { name: `NCA-${String(i + 1).padStart(3, '0')}`, simulated }
    const id = storeCell(library, i, [{ cycle, trace: null }], described)
    if (i > 0) setFields(library, id, { lot: 'Lot 1' })
  }
  const use = { cycles: 40, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
  const scenario = { name: 'Drag', blocks: [use, { ...use, charge_rate: 0.25 }] }
  library.scenarios.save({ id: 'drag', scenario, changedAt: new Date(0).toISOString() })
  library.close()
}

async function openPlan(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Scenarios' }).click()
  await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
}

async function addOthers(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add a lot' }).click()
  await page.getByRole('menuitem', { name: /Lot 1/ }).click()
  await page.getByRole('rowheader', { name: /NCA-051/ }).waitFor()
}

/** One move at a time, each waited for. */
async function followed(page: Page, request: string): Promise<Pick<Figure, 'times' | 'note'>> {
  await noteDrawings(page, request)
  const box = await page.getByRole('slider', { name: 'End of block 1, cycles' }).boundingBox()
  if (box === null) throw new Error('The edge is not shown')
  const [x, y] = [box.x + box.width / 2, box.y + 40]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const seconds = await threadSeconds(page)
  const moves = 60
  let computed_s = NaN
  for (let move = 1; move <= moves; move++) {
    const before = (await drawingsOf(page)).length
    await page.mouse.move(x + 6 * (move % 2 === 0 ? 0 : 1 + (move % 9)), y)
    await drawn(page, before + 1, `move ${move} of a block's edge to be followed by ${request}`)
    if (move === warm) computed_s = await seconds()
  }
  const computed_ms = (1000 * ((await seconds()) - computed_s)) / (moves - warm)
  await page.mouse.up()
  const times = (await drawingsOf(page)).slice(warm).map(({ moved_ms }) => moved_ms)
  // What notes drawings goes with the page.
  await page.reload()
  await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
  return { times, note: `the page computes ${computed_ms.toFixed(0)} ms a move` }
}

const warm = 10
