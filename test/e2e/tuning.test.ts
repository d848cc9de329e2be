import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeModelPackage } from '../../src-main/checkpoints/modelPackage.ts'
import { simulatedColumn } from '../../src-main/readers/columns.ts'
import { lsdColumns } from '../../src-main/readers/readPerCycleLsd.ts'
import { perCycleText } from '../fixtures/perCycle.ts'
import { violationsOf } from '../support/axe.ts'
import { tabTo } from '../support/keyboard.ts'
import { buildProgram, root } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { runProgram } from '../support/runningProgram.ts'
import { evidenceToyPackage } from '../unit/training/evidenceToy.ts'
import { toyCell } from '../unit/training/toyCells.ts'

// One window on one library: each step rests on the ones before.
const place = mkdtempSync(join(tmpdir(), 'pimoe-eigene-'))
const library = join(place, 'Bücherei')
let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  const { manifest, parameters, evidence = [] } = evidenceToyPackage()
  const { weightsSha256: _, ...draft } = manifest
  await writeModelPackage(join(library, 'models/toy'), {
    manifest: draft,
    parameters,
    evidence,
    card: '# toy\n',
  })
  await importCells()
  window = await openWindow({ library, testModel: false })
  page = window.page
  page.setDefaultTimeout(120_000)
}, 600_000)
afterAll(async () => {
  await window.close()
  rmSync(place, { recursive: true, force: true, maxRetries: 5 })
})

/** Cells that all hold less than their charge tells, cells that agree on nothing, one of two cycles, one of another type. */
async function importCells(): Promise<void> {
  const files = join(place, 'files')
  mkdirSync(files)
  const cells = [
    ...[0.95, 0.95, 0.95, 0.95].map((ratio, i) => ({ name: `own-${i + 1}`, ratio, cycles: 24 })),
    ...[0.95, 1, 1.05].map((ratio, i) => ({ name: `mixed-${i + 1}`, ratio, cycles: 24 })),
    { name: 'short', ratio: 1, cycles: 2 },
  ]
  cells.forEach((cell, i) => {
    writeFileSync(join(files, `${cell.name}.csv`), cellText(40 + i, cell))
  })
  const other = join(place, 'other.csv')
  writeFileSync(other, cellText(90, { ratio: 1, cycles: 4 }))
  await importFiles(files, '2')
  await importFiles(other, '2.6')
}

function cellText(number: number, { ratio, cycles }: { ratio: number; cycles: number }): string {
  const { cycles: rows } = toyCell({ number, role: 'train', cycles })
  return perCycleText(
    [...lsdColumns, simulatedColumn],
    rows.map((cycle) => ({
      Cycle: cycle.number,
      Charge_Current: 1,
      Discharge_Current: 2,
      Temperature: 25,
      Capacity_Increment: Array.from(cycle.chargeCurve?.charge ?? []),
      Relaxation_Voltage: Array.from(cycle.relaxation?.voltage ?? []),
      Discharge_Capacity: ratio * (cycle.dischargeCapacity ?? NaN),
      Start_Voltage: 3.6,
      End_Voltage: 4.15,
      [simulatedColumn]: 1,
    })),
  )
}

async function importFiles(path: string, ratedCapacity: string): Promise<void> {
  const cli = join(root, 'dist/main/cli.js')
  const options = ['--library', library, '--chemistry', 'NCA', '--nominal-capacity', ratedCapacity]
  const program = runProgram([cli, 'import', path, ...options])
  if ((await program.ended) !== 0) throw new Error(program.stdout() + program.stderr())
}

async function openModel(name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Models' }).click()
  await page
    .getByRole('navigation', { name: 'Models' })
    .getByRole('link', { name: new RegExp(`^${name} `) })
    .click()
}

function cellRow(name: string) {
  return page.getByRole('table', { name: 'Cells to tune on' }).getByRole('row', { name })
}

function status(text: string) {
  return page.getByRole('status').filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) })
}

async function picture(name: string): Promise<void> {
  const folder = process.env['PIMOE_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
}

it('tells what each cell offers, and why one does not count', async () => {
  await openModel('toy')
  await tabTo(page, /^\s*Tune on own cells…\s*$/)
  await page.keyboard.press('Enter')
  await status('9 cells').waitFor()
  expect(await cellRow('own-1').innerText()).toMatch(/NCA 2 Ah\s+24\s+24/)
  expect(await cellRow('short').innerText()).toContain(
    '2 of its 2 cycles show a whole charge like the trained ones',
  )
  expect(await cellRow('other').innerText()).toContain(
    'Its chemistry and rated capacity are of no trained type',
  )
  expect(await cellRow('short').getByRole('checkbox').isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: 'Judge before and after' }).isDisabled()).toBe(true)
  await page.getByText('0 cells chosen, 0 usable cycles. 3 or more are needed.').waitFor()
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
  await picture('choice')
})

it('judges before and after, and promotes the better one, by keyboard alone', async () => {
  await tabTo(page, /^Search cells$/)
  await page.keyboard.type('own')
  await status('4 cells').waitFor()
  await tabTo(page, /^\s*Choose all usable\s*$/)
  await page.keyboard.press('Enter')
  await page.getByText('4 cells chosen, 96 usable cycles').waitFor()
  await tabTo(page, /^\s*Judge before and after\s*$/)
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: 'Before and after, each cell judged by a model' })
  await table.getByRole('row', { name: /^own-3 24 / }).waitFor()
  await table.getByRole('row', { name: /^All cells 96 .* → / }).waitFor()
  await page.getByRole('heading', { name: /^Tuning helps: mean error/ }).waitFor()
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Promote…' }).scrollIntoViewIfNeeded()
  await picture('better')
  await tabTo(page, /^\s*Promote…\s*$/)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('heading', { name: 'Make toy-own the default' })
  await panel.waitFor()
  await page.getByRole('heading', { name: 'What was tuned' }).waitFor()
  await page.getByText(/It was tuned from toy .* on 4 own cells: own-1, own-2, own-3, own-4\./).waitFor()
  // The page of the tuned model begins at its top, however far down the card was read.
  expect((await panel.boundingBox())?.y).toBeGreaterThan(0)
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
  await picture('promote')
}, 120_000)

it('lets the tuned model answer a cell once it is the default, and rolls back', async () => {
  await page.getByLabel('Why').fill('half an ampere-hour closer')
  await page.getByRole('button', { name: 'Make default', exact: true }).click()
  await page.getByRole('contentinfo').getByText('model toy-own').waitFor()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Library' }).click()
  await page.getByRole('row', { name: /own-1/ }).click()
  await page.getByRole('img', { name: /^SIMULATED\. Capacity/ }).waitFor()
  await page.getByRole('contentinfo').getByText('model toy-own').waitFor()
  await picture('answered')
  await openModel('toy-own')
  await page.getByRole('button', { name: 'Defaults…' }).click()
  const history = page.getByRole('list', { name: 'Which model was the default' })
  await history.getByText('half an ampere-hour closer').waitFor()
  await history.getByRole('button', { name: 'Roll back to this' }).last().click()
  await page.getByRole('contentinfo').getByText('model toy-own').waitFor({ state: 'detached' })
}, 120_000)

it('says to keep the model where tuning does not help, and writes nothing unasked', async () => {
  await openModel('toy')
  await page.getByRole('button', { name: 'Tune on own cells…' }).click()
  await page.getByLabel('Search cells').fill('mixed')
  await status('3 cells').waitFor()
  for (const name of ['mixed-1', 'mixed-2', 'mixed-3']) {
    await page.getByRole('checkbox', { name: `Choose ${name}` }).check()
  }
  const judge = page.getByRole('button', { name: 'Judge before and after' })
  await judge.click()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByText('3 cells chosen, 72 usable cycles').waitFor()
  expect(await page.getByRole('heading', { name: /^Tuning (helps|does not)/ }).count()).toBe(0)
  await judge.click()
  // It goes on while another place is looked at, and says there when it is done.
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Reports' }).click()
  await page.getByText('Tuning of toy is judged', { exact: false }).first().waitFor()
  await picture('elsewhere')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByRole('heading', { name: /^Tuning does not help: .* Keep toy\./ }).waitFor()
  await page.getByLabel('Name of the tuned model').fill('toy')
  await page.getByRole('button', { name: 'Write the tuned one all the same' }).click()
  await page.getByRole('alert').getByText('already', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Keep toy' }).scrollIntoViewIfNeeded()
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
  await picture('keep')
})

it.each(['light', 'dark'] as const)('has no finding of axe in the %s theme', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  expect(await violationsOf(page)).toEqual([])
  await picture(`keep-${colorScheme}`)
})

it('is left by keeping the model', async () => {
  await page.getByRole('button', { name: 'Keep toy' }).click()
  await expect.poll(() => page.getByRole('heading', { name: 'Tune toy on own cells' }).count()).toBe(0)
  const models = page.getByRole('navigation', { name: 'Models' }).getByRole('link')
  expect((await models.allInnerTexts()).filter((text) => text.startsWith('toy'))).toHaveLength(2)
})

it('says where the library holds no cells', async () => {
  const empty = await openWindow({ testModel: false })
  await empty.page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Models' }).click()
  await empty.page.getByRole('button', { name: 'Tune on own cells…' }).click()
  await empty.page.getByText('The library holds no cells yet.').waitFor()
  await empty.page.mouse.move(0, 0)
  expect(await violationsOf(empty.page)).toEqual([])
  expect(empty.complaints).toEqual([])
  await empty.close()
}, 60_000)

it('never complains', () => {
  expect(window.complaints).toEqual([])
})
