import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Notices come and go by themselves; while one is there, its library keeps a hidden element that holds the focus in it. */
async function closeNotices(page: Page): Promise<void> {
  const close = page.getByRole('region', { name: /Notifications/ }).getByRole('button', { name: 'Close' })
  // One that goes by itself meanwhile is as good as closed.
  while ((await close.count()) > 0)
    await close
      .first()
      .dispatchEvent('click', undefined, { timeout: 2000 })
      .catch(() => undefined)
}

/** Serious and critical findings of axe, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await closeNotices(page)
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('; ')}`,
    )
}

/** What has the focus: its label, else its text. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    return element.getAttribute('aria-label') ?? element.textContent.trim()
  })
}

/** Presses Tab until the focus is where it should be. */
export async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (wanted.test(await focusedName(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The focus never reached ${String(wanted)}`)
}

/** Everything that axe finds wrong with the page, one line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  await closeNotices(page)
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('; ')}`,
  )
}
