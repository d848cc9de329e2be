import type { Page } from 'playwright-core'
import { within } from './within.ts'

/** Milliseconds from the pointer's last move, and from the head of the answer, to the picture that shows the answer. */
export interface Drawing {
  readonly moved_ms: number
  readonly answered_ms: number
}

/**
 * Notes every answer to `request` that a figure shows. A figure draws when its canvas is cleared, or where lines move over
 * it, when their paths change; the frame after the next one begins when that picture stands on the screen.
 */
export function noteDrawings(page: Page, request: string): Promise<void> {
  return page.evaluate((name) => {
    const notes = { moved: 0, drawings: [] as Drawing[] }
    Object.assign(globalThis, { notes })
    addEventListener('pointermove', () => (notes.moved = performance.now()), true)
    let open: { moved: number; answered: number } | null = null
    function drawn(): void {
      const own = open
      if (own === null) return
      open = null
      const shown = (): void => {
        const now = performance.now()
        notes.drawings.push({ moved_ms: now - own.moved, answered_ms: now - own.answered })
      }
      requestAnimationFrame(() => requestAnimationFrame(shown))
    }
    const canvas = CanvasRenderingContext2D.prototype
    const clear = Object.getOwnPropertyDescriptor(canvas, 'clearRect')?.value as (...box: number[]) => void
    canvas.clearRect = function (this: CanvasRenderingContext2D, ...box) {
      clear.apply(this, box)
      if (this.canvas.isConnected) drawn()
    }
    new MutationObserver((changes) => {
      const isLine = ({ target }: MutationRecord): boolean =>
        target instanceof Element && target.closest('[data-moving-lines]') !== null
      if (changes.some(isLine)) drawn()
    }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['d'] })
    const { fetch } = globalThis
    globalThis.fetch = async (...asked) => {
      const { moved } = notes
      const response = await fetch(...asked)
      const body = asked[1]?.body
      if (typeof body === 'string' && body.includes(name)) open = { moved, answered: performance.now() }
      return response
    }
  }, request)
}

export function drawingsOf(page: Page): Promise<Drawing[]> {
  return page.evaluate(() => (globalThis as unknown as { notes: { drawings: Drawing[] } }).notes.drawings)
}

/** Resolves once so many drawings are noted; `what` says what did not come. */
export async function drawn(page: Page, count: number, what: string): Promise<void> {
  let isOver = false
  const looking = async (): Promise<void> => {
    while (!isOver && (await drawingsOf(page)).length < count) await page.waitForTimeout(5)
  }
  await within(what, looking()).finally(() => (isOver = true))
}

/** What the page computed since it was opened, s of its main thread: says more than a clock where the machine is shared. */
export async function threadSeconds(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN
  }
}
