import { openWindow, type OpenWindow } from './openWindow.ts'

/** A window on the sample cells, with one of them open. */
export async function openCell(name: string): Promise<OpenWindow> {
  const window = await openWindow()
  const { page } = window
  await page.getByRole('button', { name: 'Add the sample cells' }).click()
  await page.getByRole('row', { name: new RegExp(`${name}.*\\d\\.\\d`) }).click()
  await page.getByRole('heading', { name: 'State of health' }).waitFor()
  return window
}
