import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveHttp, type HttpHost } from '../../../src-main/http/server.ts'
import { createApplication, type RunningApplication } from '../../../src-main/services/application.ts'
import type { WireAnswer } from '../../../src-shared/contract/wire.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

const folder = mkdtempSync(join(tmpdir(), 'pimoe-http-'))
let application: RunningApplication
let host: HttpHost

beforeAll(async () => {
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><p>page</p>')
  writeFileSync(join(folder, 'page/assets/x-1.js'), 'export {}')
  writeFileSync(join(folder, 'secret.html'), 'secret')
  application = createApplication({ libraryFolder: join(folder, 'library'), host: 'http' })
  host = await serveHttp({ application, page: join(folder, 'page') })
})

afterAll(async () => {
  await host.close()
  await application.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

it('says that a port is in use', async () => {
  const ports = [Number(new URL(host.origin).port)]
  await expect(serveHttp({ application, page: folder, ports })).rejects.toMatchObject({
    kind: 'usage',
    code: 'port-refused',
  })
})

it('stands at one address from start to start, and at another where that is taken', async () => {
  const taken = Number(new URL(host.origin).port)
  const first = await serveHttp({ application, page: folder, ports: [taken, 0] })
  expect(first.origin).not.toBe(host.origin)
  await first.close()
  const ports = [Number(new URL(first.origin).port), 0]
  const second = await serveHttp({ application, page: folder, ports })
  await second.close()
  expect(second.origin).toBe(first.origin)
})

describe('who may enter', () => {
  it('listens on 127.0.0.1 only', () => expect(host.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/))

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '[::1]'])(
    'refuses the name %s in Host',
    async (name) => {
      expect((await raw({ headers: { host: name } })).status).toBe(403)
    },
  )

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'refuses a script of %s',
    async (origin) => {
      const answer = await raw({ method: 'POST', path: '/rpc', headers: { ...bearer(), origin }, body: '{}' })
      expect(answer.status).toBe(403)
    },
  )

  it('takes localhost for this machine', async () => {
    const { port } = new URL(host.origin)
    expect((await raw({ headers: { host: `localhost:${port}` } })).status).toBe(200)
  })

  it.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic x' }, { cookie: 'pimoe=x' }])(
    'refuses a request with %j',
    async (headers) => {
      const answer = await raw({
        method: 'POST',
        path: '/rpc',
        headers: { ...headers },
        body: '{"id":1,"name":"app/info"}',
      })
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'no-token' } })
    },
  )

  it('exchanges the token of the address for a cookie that scripts cannot read', async () => {
    const entrance = await fetch(host.address, { redirect: 'manual' })
    expect(entrance.headers.get('location')).toBe('/')
    const set = entrance.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    const cookie = set.split(';')[0] ?? ''
    const asked = { method: 'POST', path: '/rpc', body: '{"id":1,"name":"app/info","input":{}}' }
    expect((await raw({ ...asked, headers: { cookie, origin: host.origin } })).status).toBe(200)
    expect((await raw({ ...asked, headers: { cookie } })).status).toBe(401)
  })

  it('gives no cookie for a wrong token', async () => {
    const answer = await fetch(`${host.origin}/?token=wrong`, { redirect: 'manual' })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('the page', () => {
  it('comes with a policy that allows no inline script', async () => {
    const { headers } = await fetch(`${host.origin}/`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('keeps files with a hash in their name', async () => {
    const { headers } = await fetch(`${host.origin}/assets/x-1.js`)
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(headers.get('cache-control')).toContain('immutable')
  })

  it.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/..%5c..%5csecret.html',
    '/%00',
    '/%',
    '/assets',
  ])('never leaves its folder: %s', async (path) => {
    const answer = await raw({ path })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })
})

describe('requests', () => {
  it('answers one line of output', async () => {
    const [answer] = await ask({ id: 3, name: 'app/info', input: {} })
    expect(answer).toMatchObject({ id: 3, output: { host: 'http' } })
  })

  it.each(['toString', '__proto__', 'constructor', 'no/such', ''])('does not know %s', async (name) => {
    const [answer] = await ask({ id: 1, name, input: {} })
    expect(answer).toMatchObject({ id: 1, error: { kind: 'usage', code: 'no-such-request' } })
  })

  it('refuses an input that does not fit', async () => {
    const [answer] = await ask({ id: 1, name: 'cells/get', input: { id: 7 } })
    expect(answer).toMatchObject({ error: { code: 'bad-input' } })
  })

  it.each(['', '{', 'null', '[]', '7', '{"id":"1","name":"app/info"}', '{"id":1}', '\uFFFF'])(
    'refuses the body %j',
    async (body) => {
      const answer = await raw({ method: 'POST', path: '/rpc', headers: bearer(), body })
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'malformed-request' } })
    },
  )

  it('refuses a body that is too large', async () => {
    const body = `{"id":1,"name":"app/info","input":"${'x'.repeat(5_000_000)}"}`
    expect((await raw({ method: 'POST', path: '/rpc', headers: bearer(), body })).status).toBe(400)
  })

  it('refuses other methods and addresses', async () => {
    expect((await raw({ method: 'PUT' })).status).toBe(405)
    expect((await raw({ method: 'POST', path: '/else', headers: bearer() })).status).toBe(404)
  })

  it('lives on after all this', async () => {
    expect(await ask({ id: 9, name: 'cells/list', input: {} })).toEqual([{ id: 9, output: [] }])
  })
})

describe('long requests', () => {
  it('report while they run and stop when the page leaves', async () => {
    const leaving = new AbortController()
    const body = '{"id":5,"name":"samples/import","input":{}}'
    const asked = { method: 'POST', headers: bearer(), body, signal: leaving.signal }
    const reader = (await fetch(`${host.origin}/rpc`, asked)).body!.getReader()
    const { value } = await reader.read()
    const [line = ''] = new TextDecoder().decode(value).split('\n')
    const first = JSON.parse(line) as { progress: { total: number } }
    expect(first).toMatchObject({ id: 5, progress: { total: expect.any(Number) as number } })
    leaving.abort()
    const counts = new Set<number>()
    await expect
      .poll(
        async () => {
          const before = counts.size
          counts.add(await countCells())
          return before === counts.size
        },
        { interval: 700 },
      )
      .toBe(true)
    expect(Math.max(...counts)).toBeLessThan(first.progress.total)
  })
})

async function countCells(): Promise<number> {
  const answer = (await ask({ id: 1, name: 'cells/list', input: {} })).at(0)
  return answer && 'output' in answer ? (answer.output as unknown[]).length : NaN
}

describe('uploads', () => {
  it.each([
    ['a'.repeat(300) + '.csv.gz'],
    ['ü'.repeat(300) + '.csv.gz'],
    ['CON.csv.gz'],
    ['a\0\nb.csv.gz. .'],
  ])('keep a file under a name that every file system takes: %j', async (name) => {
    const path = await upload(name, new Uint8Array([1]))
    const kept = basename(path)
    expect(kept).toMatch(/\.csv\.gz$/)
    expect(kept).not.toMatch(/^con\.|\p{Cc}/iu)
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(255)
  })

  it('keeps a file under its own name until the host closes', async () => {
    const bytes = new Uint8Array(100_000).map((_, i) => i % 251)
    const path = await upload('Zelle Ä 1.csv', bytes)
    expect(path).toMatch(/Zelle Ä 1\.csv$/)
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
  })

  it('uses the last part of a name that is a path', async () => {
    const path = await upload('../../etc/x.csv', new Uint8Array([1]))
    expect(path).toContain('pimoe-upload-')
    expect(path).toMatch(/[/\\]x\.csv$/)
  })

  it('refuses a file without a name', async () => {
    expect((await raw({ method: 'POST', path: '/upload', headers: bearer(), body: 'x' })).status).toBe(400)
  })

  it('leaves nothing behind', async () => {
    const other = await serveHttp({ application, page: join(folder, 'page') })
    const { path } = await uploadTo(other, 'a.csv', new Uint8Array([1]))
    expect(existsSync(path)).toBe(true)
    await other.close()
    expect(existsSync(path)).toBe(false)
  })
})

interface Asked {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}

/** By Node's own client: fetch would tidy up the path and refuse to send a Host. */
function raw({
  method = 'GET',
  path = '/',
  headers = {},
  body,
}: Asked): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(host.origin)
  return new Promise((resolve, reject) => {
    const request = rawRequest({ hostname, port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

function bearer(of: HttpHost = host): { authorization: string } {
  return { authorization: `Bearer ${of.token}` }
}

async function ask(request: { id: number; name: string; input: unknown }): Promise<WireAnswer[]> {
  const body = JSON.stringify(request)
  const response = await fetch(`${host.origin}/rpc`, { method: 'POST', headers: bearer(), body })
  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  const lines = (await response.text()).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as WireAnswer)
}

async function upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return (await uploadTo(host, name, bytes)).path
}

async function uploadTo(
  to: HttpHost,
  name: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<{ path: string }> {
  const address = `${to.origin}/upload?name=${encodeURIComponent(name)}`
  const response = await fetch(address, { method: 'POST', headers: bearer(to), body })
  return (await response.json()) as { path: string }
}
