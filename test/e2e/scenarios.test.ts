import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

beforeAll(() => buildProgram(), 180_000)

// One window, used as a person uses it: each step rests on the ones before.
describe.each(['light', 'dark'] as const)('the scenario editor in the %s theme', (colorScheme) => {
  let window: OpenWindow
  let page: Page
  beforeAll(async () => {
    window = await openWindow({ colorScheme })
    page = window.page
    await page.getByRole('button', { name: 'Add the sample cells' }).click()
    await page.getByRole('row', { name: /retired-A.*\d\.\d/ }).waitFor()
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Scenarios' }).click()
  }, 120_000)
  afterAll(() => window.close())

  const edge = (block: number): Locator => page.getByRole('slider', { name: `End of block ${block}, cycles` })
  const field = (block: number, column: string): Locator =>
    page.getByLabel(`Block ${block}, ${column}`, { exact: true })
  const list = (): Locator => page.getByRole('navigation', { name: 'Scenarios' })

  it('begins from a preset that says what it rests on', async () => {
    await page.getByRole('button', { name: 'Presets' }).last().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('One cycle a day for a year').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Use: Peak shaving, one year' }).click()
    await list().getByText('Peak shaving, one year').waitFor()
    expect(await field(1, 'Cycles').inputValue()).toBe('125')
    expect(await field(2, 'Temp. (°C)').inputValue()).toBe('30')
    await page.getByRole('heading', { name: 'Trajectory under this plan' }).waitFor()
  })

  it('tells of each block in words what its forecast rests on', async () => {
    const blocks = page.getByRole('group', { name: 'Blocks over the cycles ahead' })
    await field(1, 'Charge (C)').fill('0.5')
    await field(1, 'Cycles').fill('5')
    await blocks.getByText('Block 1: 5 cycles, Charge 0.5 C, Discharge 1 C, 25 °C. Trained.').waitFor()
    await field(1, 'Temp. (°C)').fill('30')
    await blocks.getByText(/^Block 1: .*Extrapolated\. .*30 °C was not trained/).waitFor()
    await field(1, 'Discharge (C)').fill('5')
    await blocks.getByText(/^Block 1: .*Far outside\./).waitFor()
    await blocks.getByText(/^Block 2: .*(No forecast|Extrapolated|Far outside)\./).waitFor()
    await field(1, 'Discharge (C)').fill('1')
    await field(1, 'Temp. (°C)').fill('25')
    expect(await violationsOf(page)).toEqual([])
  })

  it('moves edges and heights by keyboard, the fields in step with them', async () => {
    await edge(1).focus()
    await edge(1).press('ArrowRight')
    await edge(1).press('Shift+ArrowRight')
    expect(await field(1, 'Cycles').inputValue()).toBe('16')
    expect(await edge(1).getAttribute('aria-valuetext')).toBe('16 cycles, to cycle 16')
    const top = page.getByRole('slider', { name: 'Block 1, Charge' })
    await top.press('ArrowDown')
    expect(await field(1, 'Charge (C)').inputValue()).toBe('0.45')
    await field(1, 'Charge (C)').fill('0.5')
    expect(await top.getAttribute('aria-valuenow')).toBe('0.5')
    await edge(1).press('Shift+ArrowLeft')
    expect(await edge(1).getAttribute('aria-valuenow')).toBe('6')
  })

  it('lets the trajectory follow an edge while it is dragged', async () => {
    await field(2, 'Charge (C)').fill('2')
    const figure = page.getByRole('img', { name: /Capacity/ })
    const words = (): Promise<string | null> => figure.getAttribute('aria-label')
    await expect.poll(() => page.getByText('Saved', { exact: true }).count()).toBe(1)
    const before = await words()
    const box = (await edge(1).boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + 30, box.y + 40, { steps: 6 })
    await expect.poll(words).not.toBe(before)
    expect(Number(await field(1, 'Cycles').inputValue())).toBeGreaterThan(6)
    await page.mouse.up()
    const level = page.getByRole('slider', { name: 'Block 1, Temp.' })
    const top = (await level.boundingBox())!
    await page.mouse.move(top.x + 20, top.y + top.height / 2)
    await page.mouse.down()
    await page.mouse.move(top.x + 20, top.y - 12, { steps: 4 })
    await page.mouse.up()
    expect(Number(await field(1, 'Temp. (°C)').inputValue())).toBeGreaterThan(25)
  })

  it('keeps versions: an older one is opened, looked at, and restored', async () => {
    await page.getByRole('button', { name: 'Version 2' }).waitFor()
    await page.getByRole('button', { name: 'Version 2' }).click()
    await page.getByRole('button', { name: /^Keep version 2/ }).click()
    await page.keyboard.press('Escape')
    await field(2, 'Cycles').fill('77')
    await page.getByRole('button', { name: 'Version 3' }).click()
    await page.getByRole('button', { name: /^Version 1 / }).click()
    await page.getByText(/^Version 1 of .*; the newest is version 3\.$/).waitFor()
    expect(await field(1, 'Cycles').inputValue()).toBe('125')
    expect(await field(1, 'Cycles').isDisabled()).toBe(true)
    expect(await edge(1).count()).toBe(0)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to the newest' }).click()
    expect(await field(2, 'Cycles').inputValue()).toBe('77')
    await page.getByRole('button', { name: 'Version 3' }).click()
    await page.getByRole('button', { name: /^Version 1 / }).click()
    await page.getByRole('button', { name: 'Restore this version' }).click()
    await page.getByRole('button', { name: 'Version 4' }).waitFor()
    expect(await field(1, 'Cycles').inputValue()).toBe('125')
    await edge(1).waitFor()
  })

  it('lets other cells follow the plan, by keyboard alone, and the edge while it is dragged', async () => {
    const cells = page.getByRole('table', { name: 'Cells under this plan' })
    await page.getByRole('button', { name: 'Add a cell' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    // Until the other cell is there the last row is the cell in hand.
    const figure = page.getByRole('img', { name: /With it 1 other cell/ })
    await figure.waitFor()
    const row = cells.getByRole('row').last()
    const followed = (await row.getByRole('rowheader').innerText()).trim()
    const lead = (
      await cells
        .getByRole('row', { name: /in hand/ })
        .getByRole('rowheader')
        .innerText()
    ).split(/\s/)[0]
    expect(await violationsOf(page)).toEqual([])
    await field(1, 'Cycles').fill('3')
    await field(2, 'Charge (C)').fill('2')
    await page.getByText('Block 1: 3 cycles').waitFor({ state: 'attached' })
    const moving = page.locator('[data-moving-lines] path')
    const box = (await edge(1).boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + 14, box.y + 40, { steps: 3 })
    await expect.poll(() => moving.count()).toBeGreaterThanOrEqual(3)
    const drawn = await moving.first().getAttribute('d')
    await page.mouse.move(box.x + 24, box.y + 40, { steps: 3 })
    await expect.poll(() => moving.first().getAttribute('d')).not.toBe(drawn)
    await page.mouse.up()
    await expect.poll(() => moving.count()).toBe(0)
    // The cell in hand changes places with one that follows.
    await row.getByRole('button', { name: `Draw the band of ${followed}` }).press('Enter')
    await cells.getByRole('row', { name: new RegExp(`${followed} in hand`) }).waitFor()
    await cells.getByRole('button', { name: `Take out ${lead}` }).press('Enter')
    await page.getByText(/^Add cells to see their trajectories/).waitFor()
  })

  it('takes in the files of the command line, and says what is wrong with one', async () => {
    const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
    const file = (name: string, value: object) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(value)),
    })
    const choose = async (files: ReturnType<typeof file>[]): Promise<void> => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Import', exact: true }).click(),
      ])
      await chooser.setFiles(files)
    }
    await choose([
      file('Nachtbetrieb.json', { blocks: [block] }),
      file('b.json', { name: 'Zwei', blocks: [block] }),
    ])
    for (const name of ['Nachtbetrieb', 'Zwei']) await list().getByText(name).waitFor()
    await choose([file('c.json', { name: 'Drei', blocks: [{ ...block, charge_rate: -1 }] })])
    await page.getByText('The scenario does not fit').first().waitFor()
    expect(await list().getByText('Drei').count()).toBe(0)
  })

  it('never complains', () => {
    expect(window.complaints).toEqual([])
  })
})
