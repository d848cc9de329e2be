import type { CancelSignal } from '../../src-shared/contract/signal.ts'

/** The contract's signal as the platform's: the very same object where it is one already. */
export function abortSignal(signal: CancelSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal
  const controller = new AbortController()
  if (signal.aborted) controller.abort()
  signal.addEventListener('abort', () => controller.abort(), { once: true })
  return controller.signal
}
