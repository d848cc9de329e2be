import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Whether a request is addressed to this machine by name and comes from our own page or from no page.
 *
 * A foreign name in Host means DNS rebinding; a foreign Origin means another site's script.
 */
export function mayEnter({ headers, socket }: IncomingMessage): boolean {
  const port = String(socket.localPort)
  const names = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (headers.host === undefined || !names.includes(headers.host)) return false
  return headers.origin === undefined || names.some((name) => headers.origin === `http://${name}`)
}

/** Whether a request carries the token: in the Authorization header, or in the cookie of our own page. */
export function mayAsk(request: IncomingMessage, token: string): boolean {
  const { headers } = request
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return tokenIsRight(bearer, token)
  const cookie = readCookie(headers.cookie ?? '', cookieName(request))
  return headers.origin !== undefined && cookie !== undefined && tokenIsRight(cookie, token)
}

export function tokenIsRight(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Not readable by scripts, not sent by other sites, gone with the browser's session. */
export function sessionCookie(request: IncomingMessage, token: string): string {
  return `${cookieName(request)}=${token}; HttpOnly; SameSite=Strict; Path=/`
}

/** Browsers share cookies among the ports of a machine; two running programs must not overwrite each other's. */
function cookieName({ socket }: IncomingMessage): string {
  return `pimoe-${String(socket.localPort)}`
}

function readCookie(header: string, name: string): string | undefined {
  const entries = header.split(';').map((entry) => entry.trim())
  return entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1)
}
