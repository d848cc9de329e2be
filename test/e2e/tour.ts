import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../support/built.ts'
import { openWindow } from '../support/openWindow.ts'

// Drives the whole window once and writes nine pictures and the report into tour/. Run by `npm run tour`.

const folder = join(root, 'tour')
const samples = join(root, 'assets/samples')
const startedAt = Date.now()

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const place = mkdtempSync(join(tmpdir(), 'pimoe-tour-'))
const { page, complaints, close } = await openWindow({
  library: join(place, 'Lab library'),
  testModel: false,
  colorScheme: 'light',
})
try {
  await tour(page)
} finally {
  await close()
  rmSync(place, { recursive: true, force: true, maxRetries: 5 })
}
say(`${String(Math.round((Date.now() - startedAt) / 1000))} s; the pictures and the report are in ${folder}`)
if (complaints.length > 0) {
  say(`The page complained:\n${complaints.join('\n')}`)
  process.exitCode = 1
}

async function tour(page: Page): Promise<void> {
  await firstRun(page)
  await importFiles(page)
  await library(page)
  await cell(page)
  await scenario(page)
  await comparison(page)
  await training(page)
  await models(page)
  await grading(page)
}

async function firstRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add the sample cells' }).waitFor()
  await picture(page, '1 first run')
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  await page.getByRole('row', { name: /retired-A/ }).waitFor()
  await idle(page)
}

async function importFiles(page: Page): Promise<void> {
  await goTo(page, 'Import')
  await page.getByLabel('Rated capacity').fill('3.5')
  await page.getByLabel('Chemistry').fill('NCA')
  const names = ['CY25-025_1', 'CY25-05_1', 'CY25-1_1', 'CY45-05_1']
  const files = names.flatMap((name) =>
    [1, 2, 3].map((n) => join(samples, 'SIM-NCA', `${name}-#${String(n)}.csv.gz`)),
  )
  const broken = { name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from('sample,value\n1,2\n') }
  await addFiles(page, files)
  await addFiles(page, broken)
  await page.getByText('Refused', { exact: true }).waitFor()
  await picture(page, '2 import')
}

async function library(page: Page): Promise<void> {
  await goTo(page, 'Library')
  await page.getByRole('button', { name: 'SOH (%)' }).click()
  for (const name of ['CY25-1_1-#2', 'CY45-05_1-#3'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  await picture(page, '3 library')
}

async function cell(page: Page): Promise<void> {
  await page.getByRole('row', { name: /CY25-05_1-#2/ }).click()
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await picture(page, '4 cell')
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Release' }).click(),
  ])
  await report.saveAs(join(folder, 'report.pdf'))
  await page
    .getByRole('region', { name: /Notifications/ })
    .getByRole('button', { name: 'Close' })
    .click()
  await page.setViewportSize({ width: 1280, height: 720 })
}

async function scenario(page: Page): Promise<void> {
  await goTo(page, 'Scenarios')
  await newScenario(page, 'As used so far')
  await newScenario(page, 'Hot summer')
  await page.getByLabel('Block 2, Temp. (°C)').fill('52')
  await page.getByLabel('Block 2, Discharge (C)').fill('3')
  const edge = page.getByRole('slider', { name: 'End of block 1, cycles' })
  await edge.press('Shift+ArrowLeft')
  await page.getByText('was not trained; the nearest trained one').first().waitFor()
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.waitForTimeout(700)
  await picture(page, '5 scenario')
}

async function comparison(page: Page): Promise<void> {
  await goTo(page, 'Library')
  await page.getByRole('button', { name: 'Compare' }).click()
  for (const name of ['As used so far', 'Hot summer']) {
    await page.getByRole('button', { name: 'Add a scenario' }).click()
    await page.getByRole('option', { name }).click()
  }
  const table = page.getByRole('table', { name: 'Cells × scenarios' })
  await table.getByRole('row').nth(4).waitFor()
  await theme(page, 'Dark theme')
  await picture(page, '6 comparison dark')
}

async function training(page: Page): Promise<void> {
  await goTo(page, 'Training')
  await page.getByRole('radio', { name: /demo/ }).check()
  await page.getByLabel('Name of the model').fill('tour')
  await page.getByLabel('Epochs').fill('40')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('img', { name: /^Epoch (\d{2,}|[6-9]): training loss/ }).waitFor({ timeout: 90_000 })
  await picture(page, '7 training dark')
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await page.getByRole('cell', { name: 'cancelled' }).waitFor({ timeout: 30_000 })
}

async function models(page: Page): Promise<void> {
  await theme(page, 'Light theme')
  await goTo(page, 'Models')
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  await picture(page, '8 models')
}

async function grading(page: Page): Promise<void> {
  await goTo(page, 'Grading')
  await page.getByLabel('Grade 1, SOH at least').fill('85')
  await page.getByRole('heading', { name: 'Batteries that change' }).waitFor()
  await picture(page, '9 grading')
}

async function newScenario(page: Page, name: string): Promise<void> {
  const list = page.getByRole('navigation', { name: 'Scenarios' })
  const before = await list.getByRole('link').count()
  await page.getByRole('button', { name: 'New scenario' }).last().click()
  await list.getByRole('link').nth(before).waitFor()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await list.getByText(name).waitFor()
}

async function addFiles(
  page: Page,
  files: Parameters<Awaited<ReturnType<typeof chooser>>['setFiles']>[0],
): Promise<void> {
  await (await chooser(page)).setFiles(files)
  await idle(page)
}

async function chooser(page: Page) {
  const [opened] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add files…' }).click(),
  ])
  return opened
}

async function theme(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemcheckbox', { name }).click()
}

/** Waits until nothing runs; a job that ends within a moment may never have been seen. */
async function idle(page: Page): Promise<void> {
  await page.waitForTimeout(300)
  await page.getByText('No jobs').waitFor({ timeout: 60_000 })
}

function goTo(page: Page, place: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
}

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(640, 22)
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) })
  say(name)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
