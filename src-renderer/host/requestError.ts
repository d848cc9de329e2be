import type { WireError } from '../../src-shared/contract/wire.ts'
import { t } from '../locales/en.ts'
import { inWords } from './badInput.ts'
import { noteConnection } from './connection.ts'

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

export function lostError(): RequestError {
  noteConnection('lost')
  return new RequestError({
    kind: 'bug',
    code: 'connection-lost',
    message: t.failure.lost,
    advice: t.failure.lostAdvice,
  })
}

/** Whatever was thrown, as something that can be shown. */
export function wireErrorOf(thrown: unknown): WireError {
  if (thrown instanceof RequestError) return inWords(thrown.wire)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { kind: 'bug', code: 'bug', message, advice: 'Repeat the step; report it if it happens again.' }
}
