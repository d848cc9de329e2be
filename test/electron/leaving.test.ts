import type { Page } from 'playwright-core'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildProgram } from '../support/built.ts'
import { openStandIn } from '../support/standIn.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

beforeAll(() => buildProgram(), 120_000)

it.each([
  { answer: 'to stay', STANDIN_ANSWER: '0', isClosed: false },
  { answer: 'to stop and close', STANDIN_ANSWER: '1', isClosed: true },
])(
  'asks before work ends with the window, and does as it is told: $answer',
  async (told) => {
    const { page, noted, close } = await openStandIn({ STANDIN_ANSWER: told.STANDIN_ANSWER })
    onTestFinished(close)
    // The stand-in decides; a listener keeps the page's own driver from deciding first.
    page.on('dialog', () => undefined)
    await startLongJob(page)
    await page.close({ runBeforeUnload: true })
    await expect.poll(() => noted('showMessageBox')).toHaveLength(1)
    expect(noted('showMessageBox')).toMatchObject([
      { message: 'Work is still running.', buttons: ['Stay', 'Stop and close'], cancelId: 0 },
    ])
    if (told.isClosed) await expect.poll(() => page.isClosed()).toBe(true)
    else await page.getByRole('button', { name: '1 job' }).waitFor()
  },
  120_000,
)

it('neither ends nor starts again where whoever opens another library stays', async () => {
  const base = temporaryFolder()
  const home = process.platform === 'darwin' ? { HOME: base } : {}
  const { page, program, noted, close } = await openStandIn({
    ...{ XDG_DATA_HOME: base, APPDATA: base, PIMOE_LIBRARY: '', ...home },
    STANDIN_OPEN: temporaryFolder(),
    STANDIN_ANSWER: '0',
  })
  onTestFinished(close)
  page.on('dialog', () => undefined)
  await startLongJob(page)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Another folder…' }).click()
  await expect.poll(() => noted('showMessageBox')).toHaveLength(1)
  await page.getByRole('button', { name: '1 job' }).click()
  await page.getByRole('button', { name: /^Cancel/ }).click()
  await page.getByRole('button', { name: 'No jobs' }).waitFor()
  await page.close({ runBeforeUnload: true })
  expect(await program.ended).toBe(0)
  expect(noted('showMessageBox')).toHaveLength(1)
  expect(noted('relaunch')).toEqual([])
}, 120_000)

it('closes without a question where nothing runs', async () => {
  const { page, noted, close } = await openStandIn()
  onTestFinished(close)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => page.isClosed()).toBe(true)
  expect(noted('showMessageBox')).toEqual([])
}, 120_000)

/** A training of the demo takes longer than the test. */
async function startLongJob(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Training' }).click()
  await page
    .getByRole('group', { name: 'For trying the program' })
    .getByRole('radio', { name: /demo/ })
    .check()
  await page.getByLabel('Epochs').fill('5000')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('button', { name: '1 job' }).waitFor()
}
