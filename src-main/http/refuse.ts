import type { ServerResponse } from 'node:http'
import type { WireError } from '../../src-shared/contract/wire.ts'

export interface Refusal {
  status: number
  code: string
  message: string
  advice?: string
  /** What went wrong inside, for the terminal; never sent. */
  cause?: unknown
}

/** Ends a response with a typed error; where the answer has begun, it is cut off instead. */
export function refuse(
  response: ServerResponse,
  { status, code, message, advice = '', cause }: Refusal,
): void {
  if (cause !== undefined) console.error(cause)
  if (response.headersSent) {
    response.destroy()
    return
  }
  const error: WireError = { kind: status === 500 ? 'bug' : 'usage', code, message, advice }
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  }
  response.writeHead(status, headers).end(`${JSON.stringify({ error })}\n`)
}
