import type { WireError } from '../../src-shared/contract/wire.ts'
import { Failure } from '../../src-shared/failure/failure.ts'

/** What a transport sends for anything thrown; all that is not a Failure is a bug of the program. */
export function toWireError(error: unknown): WireError {
  if (error instanceof Failure) {
    return { kind: error.kind, code: error.code, message: error.message, ...error.detail }
  }
  return {
    kind: 'bug',
    code: 'bug',
    message: error instanceof Error ? error.message : String(error),
    advice: 'Repeat it. If it happens again, report it with this text and the file that led to it.',
  }
}
