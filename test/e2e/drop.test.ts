import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JSHandle, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram, root } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

interface DroppedFile {
  name: string
  type: string
  /** Latin 1, a character a byte. */
  bytes: string
}

const block = { cycles: 5, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
const record: DroppedFile = { name: 'record.csv', type: 'text/csv', bytes: 'no,battery\n' }
const checkpoint: DroppedFile = { name: 'Netz.pth', type: '', bytes: 'no checkpoint' }
const strangePdf: DroppedFile = { name: 'sheet.pdf', type: 'application/pdf', bytes: '%PDF-1.7\n' }

function json(name: string, value: unknown): DroppedFile {
  return { name, type: 'application/json', bytes: JSON.stringify(value) }
}

beforeAll(() => buildProgram(), 180_000)

// One window, used as a person uses it: each step rests on the ones before.
describe.each(['light', 'dark'] as const)('files dropped on the window in the %s theme', (colorScheme) => {
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow({ colorScheme })
    page = window.page
  }, 120_000)
  afterAll(() => window.close())

  const goTo = (place: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
  const notices = (): Locator => page.getByRole('region', { name: /Notifications/ })
  const overlay = (): Locator => page.getByRole('region', { name: 'Drop anywhere on this window' })

  async function drag(files: readonly DroppedFile[]): Promise<JSHandle<DataTransfer>> {
    const dataTransfer = await page.evaluateHandle((all) => {
      const transfer = new DataTransfer()
      for (const { name, type, bytes } of all) {
        const content = Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))
        transfer.items.add(new File([content], name, { type }))
      }
      return transfer
    }, files)
    await page.dispatchEvent('body', 'dragover', { dataTransfer })
    await overlay().waitFor()
    return dataTransfer
  }

  async function drop(files: readonly DroppedFile[]): Promise<void> {
    const dataTransfer = await drag(files)
    await page.dispatchEvent('body', 'drop', { dataTransfer })
    await overlay().waitFor({ state: 'detached' })
  }

  async function picture(name: string): Promise<void> {
    const folder = process.env['PIMOE_SHOTS']
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
  }

  it('adds scenarios, several at once, and opens the last; a broken one is told by its name', async () => {
    const sample = readFileSync(join(root, 'assets/samples/scenarios/solar-storage.json'), 'latin1')
    await drop([
      { name: 'solar-storage.json', type: 'application/json', bytes: sample },
      json('Winter.json', { blocks: [block] }),
      json('broken.json', { blocks: [{ ...block, charge_rate: 0 }] }),
    ])
    await page.getByRole('region', { name: 'Winter', exact: true }).waitFor()
    const list = page.getByRole('navigation', { name: 'Scenarios' })
    await list.getByText('Solar storage: slow').waitFor()
    await notices().getByText('solar-storage.json, Winter.json → Scenarios').waitFor()
    await notices().getByText('broken.json was not taken in').waitFor()
    await notices().getByText('The scenario does not fit').waitFor()
    await picture('drop-notice')
    expect(await violationsOf(page)).toEqual([])
    expect(await list.getByRole('link').count()).toBe(2)
  })

  it('puts a checkpoint and its scaler into the form of Models', async () => {
    await drop([checkpoint, json('scaler.json', { mean: [0] })])
    const form = page.getByRole('form', { name: 'Import a PyTorch checkpoint' })
    await form.getByText('Netz.pth').waitFor()
    await form.getByText('scaler.json').waitFor()
    expect(await form.getByLabel('Name').inputValue()).toBe('Netz')
    await form.getByRole('button', { name: 'Import' }).click()
    await notices().getByText('Not a complete PyTorch checkpoint').waitFor()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  })

  it('verifies reports, each by itself', async () => {
    await goTo('Library')
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).click()
    await page.getByRole('button', { name: 'Report', exact: true }).click()
    await page.getByRole('img', { name: /^Page 1 of/ }).waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Release' }).click()
    const bytes = readFileSync(await (await saved).path(), 'latin1')
    await page.keyboard.press('Escape')
    await drop([{ name: 'whole.pdf', type: 'application/pdf', bytes }, strangePdf])
    const panel = page.getByRole('region', { name: 'Reports', exact: true })
    await panel.getByText('Identical: every byte').waitFor()
    await panel.getByText('sheet.pdf').first().waitFor()
    await panel.getByText('not-a-report').waitFor()
    await picture('drop-reports')
    expect(await violationsOf(page)).toEqual([])
  }, 180_000)

  it('says before a mixed drop what goes where, and after it, with the way there', async () => {
    await goTo('Library')
    const files = [record, json('grades.json', { rules: [] }), json('Summer.json', { blocks: [block] })]
    const dataTransfer = await drag([...files, checkpoint, strangePdf])
    for (const row of [/Measurements.*Import.*1 file/, /Scenarios.*2 files/, /Reports to verify.*1 file/])
      await overlay().getByRole('listitem').filter({ hasText: row }).waitFor()
    await overlay().getByText('1 file will be told by its name, once dropped.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await picture('drop-overlay')
    await page.dispatchEvent('body', 'drop', { dataTransfer })
    const told =
      'record.csv → Import · Netz.pth, grades.json → Models · sheet.pdf → Reports · Summer.json → Scenarios'
    await notices().getByText(told).waitFor()
    await page.getByRole('table', { name: 'Files of this session' }).getByText('record.csv').waitFor()
    await picture('drop-mixed')
    await notices().getByRole('button', { name: 'Show Scenarios' }).click()
    await page.getByRole('region', { name: 'Summer', exact: true }).waitFor()
  })

  it('leaves JSON of another kind to Import, which says why it is none', async () => {
    await drop([json('rules.json', { rules: [] }), json('list.json', [1])])
    const table = page.getByRole('table', { name: 'Files of this session' })
    for (const name of ['rules.json', 'list.json'])
      await table.getByRole('row', { name }).getByText('Refused').waitFor()
    await notices().getByText('rules.json, list.json → Import').waitFor()
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
