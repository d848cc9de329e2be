import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildProgram, root } from '../support/built.ts'
import { openStandIn } from '../support/standIn.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { writeTestModel } from '../support/testModel.ts'

beforeAll(() => buildProgram(), 120_000)

it('carries a measurement file to an assessed cell and its report, under the stand-in', async () => {
  const folder = temporaryFolder()
  const library = join(folder, 'Bücherei')
  const pdf = join(folder, 'Bericht.pdf')
  await writeTestModel(join(library, 'models'), 'pimoe')
  const { page, noted, complaints, close } = await openStandIn({
    PIMOE_LIBRARY: library,
    STANDIN_OPEN: join(root, 'assets/samples/raw/retired-A.csv.gz'),
    STANDIN_SAVE: pdf,
  })
  onTestFinished(close)

  await page.getByRole('button', { name: 'Add files…' }).click()
  await page.getByText('The file was imported.').waitFor()
  await page.getByRole('link', { name: 'Open the cell' }).click()
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
  expect(await page.getByText('SIMULATED').count()).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Report', exact: true }).click()
  await page.getByRole('button', { name: 'Release' }).click()
  await expect.poll(() => readFileSync(pdf, { encoding: 'latin1', flag: 'a+' }).slice(0, 5)).toBe('%PDF-')
  await page.getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(() => noted('showItemInFolder')).toEqual([pdf])
  expect(complaints).toEqual([])
})
