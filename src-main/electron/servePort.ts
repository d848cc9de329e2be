import type { Application } from '../../src-shared/contract/requests.ts'
import type { WireAnswer, WireRequest } from '../../src-shared/contract/wire.ts'
import { dispatch } from '../services/dispatch.ts'
import { toWireError } from '../services/wireError.ts'

/** The part of Electron's MessagePortMain that serving needs; a worker's MessagePort has it too. */
export interface ServedPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: WireAnswer): void
  start(): void
}

/** Answers WireRequests over a port until it closes; closing cancels what still runs. */
export function servePort(application: Application, port: ServedPort): void {
  const running = new Map<number, AbortController>()
  port.on('message', ({ data }) => {
    if (!isWireRequest(data)) return
    if ('cancel' in data) running.get(data.id)?.abort()
    else void answer({ application, port, running }, data)
  })
  port.on('close', () => {
    for (const request of running.values()) request.abort()
  })
  port.start()
}

interface Serving {
  application: Application
  port: ServedPort
  running: Map<number, AbortController>
}

async function answer(
  serving: Serving,
  { id, name, input }: { id: number; name: string; input: unknown },
): Promise<void> {
  const { application, port, running } = serving
  const request = new AbortController()
  running.set(id, request)
  const progress = (message: unknown): void => port.postMessage({ id, progress: message })
  try {
    const output = await dispatch(application, name, input, { signal: request.signal, progress })
    port.postMessage({ id, output })
  } catch (error) {
    port.postMessage({ id, error: toWireError(error) })
  } finally {
    running.delete(id)
  }
}

function isWireRequest(data: unknown): data is WireRequest {
  if (typeof data !== 'object' || data === null || !('id' in data) || typeof data.id !== 'number')
    return false
  return ('cancel' in data && data.cancel === true) || ('name' in data && typeof data.name === 'string')
}
