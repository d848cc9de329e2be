import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Application } from '../../src-shared/contract/requests.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { openEarly } from '../services/openEarly.ts'
import { pageFile } from '../page/pageFile.ts'
import { mayAsk, mayEnter, sessionCookie, tokenIsRight } from './admission.ts'
import { answerRequest } from './answerRequest.ts'
import { refuse, type Refusal } from './refuse.ts'
import { createUploads, type Uploads } from './uploads.ts'

export interface HttpHost {
  /** Where a browser enters: the origin with the token. */
  address: string
  origin: string
  token: string
  close: () => Promise<void>
}

export interface HttpHostOptions {
  application: Application
  /** Folder of the built page. */
  page: string
  /** Tried in turn, 0 being any free one; absent: the usual one, then any. */
  ports?: readonly number[]
}

/** A browser keeps what it knows of the window, as theme and widths, by the port too. Below every system's passing ones. */
const usualPort = 27_413

/**
 * The same application and page for a browser of this machine: 127.0.0.1 only, nothing without the token.
 *
 * Throws `port-refused` (usage) where the ports are in use or not for this user.
 */
export async function serveHttp({
  application,
  page,
  ports = [usualPort, 0],
}: HttpHostOptions): Promise<HttpHost> {
  const token = randomBytes(24).toString('base64url')
  const uploads = await createUploads()
  const server = createServer((request, response) => {
    answer({ application, page, token, uploads, request, response }).catch((error: unknown) => {
      // The browser went away in the middle of a body: nobody is left to answer.
      if (!request.complete) response.destroy()
      else refuse(response, { status: 500, code: 'internal', message: 'The request failed.', cause: error })
    })
  })
  try {
    await listen(server, ports)
  } catch (error) {
    await uploads.remove()
    throw error
  }
  openEarly(application)
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    address: `${origin}/?token=${token}`,
    origin,
    token,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await uploads.remove()
    },
  }
}

async function listen(server: Server, [port, ...others]: readonly number[]): Promise<void> {
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    if (!isRefused(error)) throw error
    if (others.length === 0) throw portRefused(port)
    await listen(server, others)
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

function portRefused(port: number): Failure {
  return new Failure('usage', 'port-refused', `Port ${String(port)} is in use, or not for this user.`, {
    advice: 'Choose another port above 1023, or none: then a free one is taken.',
    found: String(port),
  })
}

interface Exchange {
  application: Application
  page: string
  token: string
  uploads: Uploads
  request: IncomingMessage
  response: ServerResponse
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, uploads } = exchange
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const refusal = refusalOf(exchange, url.pathname)
  if (refusal) refuse(response, refusal)
  else if (request.method === 'GET') await answerPage(exchange, url)
  else if (url.pathname === '/rpc') await answerRequest(exchange)
  else await uploads.receive(request, response, url.searchParams.get('name') ?? '')
}

/** Why a request is not answered at all; null when it may be. */
function refusalOf({ request, token }: Exchange, path: string): Refusal | null {
  if (!mayEnter(request)) return { status: 403, code: 'foreign', message: 'Only this machine may ask.' }
  if (request.method === 'GET') return null
  if (request.method !== 'POST') return { status: 405, code: 'wrong-method', message: 'Use GET or POST.' }
  if (!mayAsk(request, token))
    return { status: 401, code: 'no-token', message: 'The token is missing or wrong.', advice }
  if (path === '/rpc' || path === '/upload') return null
  return { status: 404, code: 'unknown-address', message: 'There is nothing at this address.' }
}

const advice = 'Open the address that the program printed.'

async function answerPage({ page, token, request, response }: Exchange, url: URL): Promise<void> {
  const given = url.searchParams.get('token')
  if (given !== null && tokenIsRight(given, token)) {
    response
      .writeHead(303, {
        location: '/',
        'set-cookie': sessionCookie(request, token),
        'cache-control': 'no-store',
      })
      .end()
    return
  }
  const file = await pageFile(page, url.pathname)
  response.writeHead(file.status, file.headers).end(file.body)
}
