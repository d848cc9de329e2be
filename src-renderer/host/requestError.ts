import type { WireError } from '../../src-shared/contract/requests.ts'

/** A failed request, with what, where and what to do next as the application said it. */
export class RequestError extends Error {
  readonly wire: WireError

  constructor(wire: WireError) {
    super(wire.message)
    this.name = 'RequestError'
    this.wire = wire
  }
}

export function cancelledError(): RequestError {
  return new RequestError({ kind: 'cancelled', code: 'cancelled', message: 'Cancelled.', advice: '' })
}

export function lostError(detail: string): RequestError {
  return new RequestError({
    kind: 'bug',
    code: 'connection-lost',
    message: `The program does not answer: ${detail}.`,
    advice: 'Start it again; everything saved is kept.',
  })
}

/** Whatever was thrown, as something that can be shown. */
export function wireErrorOf(thrown: unknown): WireError {
  if (thrown instanceof RequestError) return thrown.wire
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { kind: 'bug', code: 'bug', message, advice: 'Repeat the step; report it if it happens again.' }
}
