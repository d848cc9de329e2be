import type { Page } from 'playwright-core'

/** Drops real files and folders, as the system hands them to the browser, once the window says that it takes them. */
export async function dropOn(page: Page, files: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  const told = page.getByRole('region', { name: 'Drop anywhere on this window' })
  await send('dragEnter')
  // A hand is never still: what comes up under the pointer has to be dragged over, too.
  for (let moves = 0; moves < 100 && !(await told.isVisible()); moves++) await send('dragOver')
  await send('dragOver')
  await send('drop')
  await told.waitFor({ state: 'hidden' })
}
