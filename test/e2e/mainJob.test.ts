import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { needsShared, sharedGolden } from '../support/shared.ts'

// One window, used as a person uses it: each step rests on the ones before.
let window: OpenWindow
let page: Page

beforeAll(async () => {
  buildProgram()
  window = await openWindow()
  page = window.page
}, 180_000)
afterAll(() => window.close())

async function saved(start: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), start()])
  return download
}

async function choose(menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('option', { name: item }).click()
}

/** Saves a figure as SVG and as numbers: each says by itself that it is simulated. */
async function expectMarkedFigure(menu: RegExp): Promise<void> {
  for (const [item, mark] of [
    ['Save as SVG', 'SIMULATED'],
    ['Save numbers as CSV', 'Simulated'],
  ] as const) {
    await page.getByRole('button', { name: menu }).first().click()
    const file = await saved(() => page.getByRole('menuitem', { name: item }).click())
    expect(readFileSync(await file.path(), 'utf8')).toContain(mark)
  }
}

function goTo(place: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
}

it('starts empty with one sentence and two actions', async () => {
  await page.getByText('The library is empty').waitFor()
  await page.getByRole('button', { name: 'Add files…' }).waitFor()
})

it('adds the sample cells and assesses them', async () => {
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  const row = page.getByRole('row', { name: /retired-A/ })
  await row.waitFor()
  await expect.poll(() => row.innerText()).toMatch(/SIMULATED[\s\S]*\d\d\.\d/)
})

it('says of each file what became of it, and why not', async () => {
  await goTo('Import')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add files…' }).click(),
  ])
  await chooser.setFiles({ name: 'Notizen.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
  await page.getByText('Refused').waitFor()
  await page.getByText(/1 of \d+ files needs your attention/).waitFor()
  await page.getByText('belongs to no known format').waitFor()
})

it('takes files dropped anywhere', async () => {
  await goTo('Models')
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['no,battery\n'], 'dropped.csv', { type: 'text/csv' }))
    return transfer
  })
  await page.dispatchEvent('body', 'dragover', { dataTransfer: dropped })
  await page.getByRole('heading', { name: 'Drop anywhere on this window' }).waitFor()
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
  await page.getByRole('table', { name: 'Files of this session' }).getByText('dropped.csv').waitFor()
  await page.getByText('2 of').waitFor()
})

it('shows a cell: verdict, evidence, curves, and where it is simulated', async () => {
  await goTo('Library')
  await page.getByRole('row', { name: /retired-A/ }).click()
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
  for (const title of ['Trajectory', 'Charge curve', 'dQ/dV', 'Relaxation', 'Record', 'Gate weights']) {
    await page.getByRole('heading', { name: title, exact: true }).waitFor()
  }
  await page.getByRole('img', { name: /^SIMULATED\. Capacity/ }).waitFor()
  await page.getByRole('button', { name: 'What it rests on' }).click()
  await page.getByText('retired-A.csv.gz').waitFor()
  await page.getByText('Default rules, version 1').waitFor()
})

it('asks in place for what the record does not say, and keeps it', async () => {
  await page.getByRole('button', { name: 'State what is not known' }).click()
  await page.getByLabel('Rated capacity').fill('3.5')
  await page.getByLabel('Chemistry').fill('NCA')
  await page.getByRole('button', { name: 'State it' }).click()
  await page.getByText('NCA · 3.5 Ah · 3 cycles').waitFor()
  await page.getByText('The chemistry was not stated').first().waitFor({ state: 'detached' })
})

it('saves a figure as PNG, SVG and numbers, and says where', async () => {
  for (const [item, start] of [
    ['Save as PNG', '\x89PNG'],
    ['Save as SVG', '<svg'],
    ['Save numbers as CSV', 'Series,'],
  ] as const) {
    await page.getByRole('button', { name: 'Save Trajectory' }).click()
    const file = await saved(() => page.getByRole('menuitem', { name: item }).click())
    expect(readFileSync(await file.path(), 'latin1').startsWith(start)).toBe(true)
    await page.getByText(`${file.suggestedFilename()} saved`).first().waitFor()
  }
})

it('prints the report', async () => {
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  const form = page.getByRole('form', { name: 'Battery report' })
  await form.getByLabel('Laboratory').fill('Halle 3')
  await form.getByLabel('Letter').check()
  await form.getByLabel('Condition').uncheck()
  const draft = await saved(() => page.getByRole('button', { name: 'Save draft' }).click())
  expect(draft.suggestedFilename()).toContain('(draft).pdf')
  const file = await saved(() => page.getByRole('button', { name: 'Release' }).click())
  const report = readFileSync(await file.path(), 'latin1')
  expect(report.slice(0, 5)).toBe('%PDF-')
  expect(report).toContain('/MediaBox [0 0 612 792]')
  expect(report).toContain('"name": "Halle 3"')
  expect(report).not.toContain('/Title (Condition)')
  await page.getByText(`${file.suggestedFilename()} saved`).first().waitFor()
})

it('edits a scenario by value and by edge; the answer follows, the edit is undone', async () => {
  await goTo('Scenarios')
  await page.getByRole('button', { name: 'New scenario' }).last().click()
  await page.getByLabel('Name').fill('Summer')
  for (const block of [1, 2]) await page.getByLabel(`Block ${block}, Temp. (°C)`).fill('55')
  await page.getByText('was not trained; the nearest trained one').first().waitFor()
  const edge = page.getByRole('slider', { name: 'End of block 1, cycles' })
  await edge.focus()
  await edge.press('Shift+ArrowRight')
  expect(await page.getByLabel('Block 1, Cycles', { exact: true }).inputValue()).toBe('35')
  const box = await edge.boundingBox()
  await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2)
  await page.mouse.down()
  await page.mouse.move(box!.x - 40, box!.y + box!.height / 2, { steps: 4 })
  await page.mouse.up()
  expect(Number(await page.getByLabel('Block 1, Cycles', { exact: true }).inputValue())).toBeLessThan(35)
  await expect.poll(() => page.getByRole('button', { name: 'Undo' }).isEnabled()).toBe(true)
  await page.getByRole('navigation', { name: 'Scenarios' }).getByText('Summer').waitFor()
  await expectMarkedFigure(/^Save Planned use/)
})

it('gives a scenario away and takes it back; removing it can be undone', async () => {
  const file = await saved(() => page.getByRole('button', { name: 'Export' }).click())
  const text = readFileSync(await file.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({
    name: 'Summer',
    blocks: [{ charge_rate: 0.5 }, { temperature_degC: 55 }],
  })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import', exact: true }).click(),
  ])
  await chooser.setFiles({
    name: 'Winter.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text.replace('Summer', 'Winter')),
  })
  const list = page.getByRole('navigation', { name: 'Scenarios' })
  await list.getByText('Winter').waitFor()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await list.getByText('Winter').waitFor({ state: 'detached' })
  await page
    .getByRole('region', { name: /Notifications/ })
    .getByRole('button', { name: 'Undo' })
    .click()
  await list.getByText('Winter').waitFor()
})

it('compares two cells under two scenarios; the table lights its curve', async () => {
  await goTo('Library')
  for (const name of ['retired-A', 'retired-B'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  await page.getByRole('button', { name: 'Compare' }).click()
  await choose('Add a scenario', 'Summer')
  await choose('Add a scenario', 'Winter')
  const rows = page.getByRole('table', { name: 'Cells × scenarios' }).getByRole('row')
  await expect.poll(() => rows.count()).toBe(5)
  await rows.nth(2).hover()
  expect(await page.getByText('SIMULATED').count()).toBeGreaterThan(3)
  await expectMarkedFigure(/^Save Trajectories/)
  const file = await saved(() => page.getByRole('button', { name: 'Save table as CSV' }).click())
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(5)
})

it('runs a batch of the selected cells and says where its file is', async () => {
  await goTo('Library')
  await page.getByRole('button', { name: 'Batch…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Batch' })
  await dialog.getByText('2 selected').waitFor()
  await choose('Add a scenario', 'Summer')
  await choose('Add a scenario', 'Winter')
  await dialog.getByText('4 answers').waitFor()
  await dialog.getByRole('button', { name: 'Run' }).click()
  const notice = page.getByText(/^Saved to .*batch-.*\.jsonl\.$/).first()
  const file = (await notice.innerText()).replace('Saved to ', '').slice(0, -1)
  await dialog.waitFor({ state: 'detached' })
  const answers = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(answers.map((line) => (JSON.parse(line) as { scenario: { name: string } }).scenario.name)).toEqual([
    'Summer',
    'Winter',
    'Summer',
    'Winter',
  ])
})

it('trains, shows the loss live, and stops when told', async () => {
  await goTo('Training')
  await page.getByRole('radio', { name: /demo/ }).check()
  await page.getByLabel('Epochs').fill('500')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('img', { name: /^Epoch \d+: training loss/ }).waitFor({ timeout: 60_000 })
  await page.getByText('1 job').waitFor()
  await expectMarkedFigure(/^Save Loss/)
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await page.getByRole('cell', { name: 'cancelled' }).waitFor({ timeout: 30_000 })
  await page.getByText('No jobs').waitFor()
}, 120_000)

it('removes cells and puts them back', async () => {
  await goTo('Library')
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('2 cells removed').first().waitFor()
  await page.getByRole('row', { name: /retired-A/ }).waitFor({ state: 'detached' })
  await page
    .getByRole('region', { name: /Notifications/ })
    .getByRole('button', { name: 'Undo' })
    .click()
  await page.getByRole('row', { name: /retired-A/ }).waitFor()
})

it.skipIf(sharedGolden() === null)(`imports a checkpoint${needsShared}`, async () => {
  await goTo('Models')
  await page.getByRole('button', { name: 'Import checkpoint…' }).click()
  const form = page.getByRole('form', { name: 'Import a PyTorch checkpoint' })
  const files = [sharedGolden('checkpoints', 'UL-NCA_CY25-05_1.pth'), sharedGolden('scalers.json')]
  for (const [index, file] of files.entries()) {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      form.getByRole('button', { name: 'Choose…' }).nth(index).click(),
    ])
    await chooser.setFiles(file!)
    await form.getByText(basename(file!)).waitFor()
  }
  await form.getByRole('button', { name: 'Import' }).click()
  await page.getByRole('heading', { level: 2, name: 'UL-NCA_CY25-05_1' }).waitFor()
  await page.getByText('12 features, 5 experts, 64 hidden units').waitFor()
})

it('keeps its places: addresses, back, and a reload', async () => {
  await goTo('Library')
  await page.getByRole('row', { name: /quick-test/ }).click()
  await page.getByRole('heading', { level: 1, name: 'quick-test' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'quick-test' }).waitFor()
  await page.goBack()
  await page.getByRole('table', { name: 'Cells of the library' }).waitFor()
})

it('never complains, never asks elsewhere', () => {
  expect(window.complaints).toEqual([])
})
