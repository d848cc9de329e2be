/**
 * Why an expected failure happened: the caller asked wrongly, the input was refused, the answer cannot be determined,
 * or the user cancelled. Anything thrown that is not a Failure is a bug.
 */
export type FailureKind = 'usage' | 'refused' | 'not-determinable' | 'cancelled'

export interface FailureDetail {
  /** What to do next, one sentence. */
  advice: string
  file?: string
  /** Line in the file, the heading being line 1. */
  line?: number
  column?: string
  /** The text that was found there. */
  found?: string
}

/** An expected failure: says what, where and what to do next. `code` is a stable word such as `not-numeric`. */
export class Failure extends Error {
  readonly kind: FailureKind
  readonly code: string
  readonly detail: FailureDetail

  constructor(kind: FailureKind, code: string, message: string, detail: FailureDetail) {
    super(message)
    this.name = 'Failure'
    this.kind = kind
    this.code = code
    this.detail = detail
  }
}

/** What is left of a Failure between threads, where an error loses its class. */
export type FailureFields = Pick<Failure, 'kind' | 'code' | 'message' | 'detail'>

export function failureFields({ kind, code, message, detail }: Failure): FailureFields {
  return { kind, code, message, detail }
}

export function failureOf({ kind, code, message, detail }: FailureFields): Failure {
  return new Failure(kind, code, message, detail)
}

export function cancelled(): Failure {
  return new Failure('cancelled', 'cancelled', 'Cancelled.', { advice: 'Start it again when needed.' })
}
