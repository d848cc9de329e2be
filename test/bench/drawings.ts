import type { Page } from 'playwright-core'

/** Milliseconds from the pointer's last move, and from the head of the answer, to the picture that shows the answer. */
export interface Drawing {
  readonly moved_ms: number
  readonly answered_ms: number
}

/**
 * Notes every answer to `request` that a chart shows. A chart draws when its canvas is cleared; the frame after the next one
 * begins when that picture stands on the screen.
 */
export function noteDrawings(page: Page, request: string): Promise<void> {
  return page.evaluate((name) => {
    const notes = { moved: 0, drawings: [] as Drawing[] }
    Object.assign(globalThis, { notes })
    addEventListener('pointermove', () => (notes.moved = performance.now()), true)
    let open: { moved: number; answered: number } | null = null
    const canvas = CanvasRenderingContext2D.prototype
    const clear = Object.getOwnPropertyDescriptor(canvas, 'clearRect')?.value as (...box: number[]) => void
    canvas.clearRect = function (this: CanvasRenderingContext2D, ...box) {
      clear.apply(this, box)
      const own = open
      if (own === null || !this.canvas.isConnected) return
      open = null
      const shown = (): void => {
        const now = performance.now()
        notes.drawings.push({ moved_ms: now - own.moved, answered_ms: now - own.answered })
      }
      requestAnimationFrame(() => requestAnimationFrame(shown))
    }
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

/** What the page computed since it was opened, s of its main thread: says more than a clock where the machine is shared. */
export async function threadSeconds(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN
  }
}

export function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0)} ms`
  return `median ${at(0.5)}, 90 % within ${at(0.9)}, longest ${at(1)}, of ${String(times.length)}`
}
