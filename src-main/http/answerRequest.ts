import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Application } from '../../src-shared/contract/requests.ts'
import type { WireAnswer } from '../../src-shared/contract/wire.ts'
import { dispatch } from '../services/dispatch.ts'
import { toWireError } from '../services/wireError.ts'
import { readBody } from './readBody.ts'
import { refuse } from './refuse.ts'

const bodyLimit_bytes = 4 * 1024 * 1024

interface RequestExchange {
  application: Application
  request: IncomingMessage
  response: ServerResponse
}

/** POST /rpc: one WireRequest in, WireAnswers out, one a line. Closing the connection cancels. */
export async function answerRequest({ application, request, response }: RequestExchange): Promise<void> {
  const body = await readBody(request, bodyLimit_bytes)
  const wanted = body === null ? null : parseRequest(body)
  if (wanted === null) {
    const message = 'The body is not one request in JSON of at most 4 MB.'
    refuse(response, { status: 400, code: 'malformed-request', message })
    return
  }
  const cancel = new AbortController()
  response.on('close', () => cancel.abort())
  response.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.flushHeaders()
  const send = (answer: WireAnswer): void => void response.write(`${JSON.stringify(answer)}\n`)
  const { id, name, input } = wanted
  try {
    const context = { signal: cancel.signal, progress: (message: unknown) => send({ id, progress: message }) }
    send({ id, output: await dispatch(application, name, input, context) })
  } catch (error) {
    send({ id, error: toWireError(error) })
  }
  response.end()
}

function parseRequest(body: string): { id: number; name: string; input: unknown } | null {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null || !('id' in value) || !('name' in value)) return null
  if (typeof value.id !== 'number' || typeof value.name !== 'string') return null
  return { id: value.id, name: value.name, input: 'input' in value ? value.input : {} }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
