import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildProgram, root } from '../support/built.ts'
import { dropOn } from '../support/dragging.ts'
import { openStandIn } from '../support/standIn.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { writeTestModel } from '../support/testModel.ts'

beforeAll(() => buildProgram(), 120_000)

it('shares out what lies in a dropped folder, as the window in the browser does', async () => {
  const outside = temporaryFolder()
  const library = join(outside, 'Bücherei')
  const dropped = join(outside, 'Lieferung ä')
  mkdirSync(join(dropped, 'Zellen/Lot 2'), { recursive: true })
  const samples = join(root, 'assets/samples')
  copyFileSync(join(samples, 'raw/retired-A.csv.gz'), join(dropped, 'Zellen/Lot 2/retired-A.csv.gz'))
  copyFileSync(join(samples, 'scenarios/solar-storage.json'), join(dropped, 'plan.json'))
  writeFileSync(join(dropped, 'sheet.pdf'), '%PDF-1.7\n')
  writeFileSync(join(dropped, 'Netz.pth'), 'no checkpoint')
  writeFileSync(join(dropped, '.hidden'), 'x')
  await writeTestModel(join(library, 'models'), 'pimoe')
  const { page, complaints, close } = await openStandIn({ PIMOE_LIBRARY: library, STANDIN_FOLDER: outside })
  onTestFinished(close)

  await dropOn(page, [dropped])
  const told = 'retired-A.csv.gz → Import · Netz.pth → Models · sheet.pdf → Reports · plan.json → Scenarios'
  await page
    .getByRole('region', { name: /Notifications/ })
    .getByText(told)
    .waitFor()
  const files = page.getByRole('table', { name: 'Files of this session' })
  await files
    .getByRole('row', { name: /retired-A/ })
    .getByText('Imported')
    .waitFor()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Models' }).click()
  await page.getByRole('form', { name: 'Import a PyTorch checkpoint' }).getByText('Netz.pth').waitFor()
  expect(complaints).toEqual([])
}, 120_000)
