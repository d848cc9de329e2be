import type { Page } from 'playwright-core'

/** What has the focus: its label, else its text. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    return element.getAttribute('aria-label') ?? element.textContent.trim()
  })
}

/** Presses Tab until the focus is where it should be, inside `within`. */
export async function tabTo(page: Page, wanted: RegExp, within = 'body'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (wanted.test(await focusedName(page)) && (await focusIsIn(page, within))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The focus never reached ${String(wanted)}`)
}

function focusIsIn(page: Page, within: string): Promise<boolean> {
  return page.evaluate((selector) => document.activeElement?.closest(selector) !== null, within)
}

interface Stop {
  readonly what: string
  readonly isSeen: boolean
  readonly hasRing: boolean
}

/**
 * Walks with Tab over the whole page, from its beginning to the end of it, and names every stop that is out of sight,
 * or without a ring around it or what holds it; a walk that never ends is one too.
 */
export async function unseenStops(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    scrollTo(0, 0)
  })
  const unseen: string[] = []
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<Stop | null>(stopHere)
    if (stop === null) return presses === 0 ? ['nothing to stop at'] : unseen
    if (!stop.isSeen) unseen.push(`out of sight: ${stop.what}`)
    if (!stop.hasRing) unseen.push(`without a ring: ${stop.what}`)
  }
  return [...unseen, 'a walk without end']
}

/** Null once the focus has left the page. */
function stopHere(): Stop | null {
  const element = document.activeElement
  if (element === null || element === document.body || element === document.documentElement) return null
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const holders = [element, element.parentElement, element.parentElement?.parentElement ?? null]
  return {
    what: element.outerHTML.slice(0, 160),
    isSeen: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    hasRing: holders.some((one) => {
      if (one === null) return false
      const { outlineStyle, boxShadow } = getComputedStyle(one)
      return outlineStyle !== 'none' || boxShadow !== 'none'
    }),
  }
}

/** By how many pixels the page and its content must be scrolled sideways to be read; tables may. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const frames = [document.documentElement, ...document.querySelectorAll('#content, .list-and-detail')]
    return Math.max(...frames.map((one) => one.scrollWidth - one.clientWidth))
  })
}
