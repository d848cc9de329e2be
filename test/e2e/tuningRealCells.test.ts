import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram, root } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'
import { runProgram } from '../support/runningProgram.ts'
import { needsShared, sharedData } from '../support/shared.ts'

const lsd = sharedData('LSD')
/** Of those that the shipped model never saw, the shortest. */
const cells = ['44', '9', '45']

// One window on one library: each step rests on the ones before.
describe.skipIf(lsd === null)(`tuning the shipped model on retired cells${needsShared}`, () => {
  const place = mkdtempSync(join(tmpdir(), 'pimoe-retirées-'))
  const library = join(place, 'Bücherei')
  let window: OpenWindow

  beforeAll(async () => {
    buildProgram()
    const files = cells.map((name) => join(lsd ?? '', `${name}.csv.gz`))
    const program = runProgram([join(root, 'dist/main/cli.js'), 'import', ...files, '--library', library])
    if ((await program.ended) !== 0) throw new Error(program.stdout() + program.stderr())
    window = await openWindow({ library, testModel: false })
    window.page.setDefaultTimeout(180_000)
  }, 600_000)
  afterAll(async () => {
    await window.close()
    rmSync(place, { recursive: true, force: true, maxRetries: 5 })
  })

  it('runs as a job that another place shows, and ends in a card of before and after', async () => {
    const { page } = window
    const places = page.getByRole('navigation', { name: 'Places' })
    await places.getByRole('link', { name: 'Models' }).click()
    await page.getByRole('button', { name: 'Tune on own cells…' }).click()
    await page.getByRole('button', { name: 'Choose all usable' }).click()
    await page.getByText('3 cells chosen').waitFor()
    await page.getByRole('button', { name: 'Judge before and after' }).click()
    await places.getByRole('link', { name: 'Library' }).click()
    await page.getByRole('button', { name: '1 job' }).click()
    await page.getByRole('region', { name: 'Jobs' }).getByText('Tuning pimoe on own cells').waitFor()
    await page.keyboard.press('Escape')
    await places.getByRole('link', { name: 'Models' }).click()
    const table = page.getByRole('table', { name: 'Before and after, each cell judged by a model' })
    await table.getByRole('row', { name: /^All cells 120 .* → / }).waitFor()
    await page.getByRole('heading', { name: /^Tuning (helps|does not help): mean error/ }).waitFor()
  }, 300_000)

  it('is written, made the default, answers a retired cell, and is rolled back', async () => {
    const { page } = window
    await page
      .getByRole('button', { name: /^(Promote…|Write the tuned one all the same)$/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'What was tuned' }).waitFor()
    const doPromote = page.getByRole('button', { name: 'Make default', exact: true })
    if ((await doPromote.count()) === 0) await page.getByRole('button', { name: 'Make default…' }).click()
    await doPromote.click()
    const status = page.getByRole('contentinfo')
    await status.getByText('model pimoe-own').waitFor()
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Library' }).click()
    await page.getByRole('row', { name: /^\S* ?9 / }).click()
    await page.getByRole('img', { name: /^Capacity/ }).waitFor()
    await status.getByText('model pimoe-own').waitFor()
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Models' }).click()
    await page.getByRole('button', { name: 'Defaults…' }).click()
    await page.getByRole('button', { name: 'Roll back to this' }).last().click()
    await status.getByText('model pimoe ').waitFor()
    expect(window.complaints).toEqual([])
  }, 300_000)
})
