import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'

export interface PageFile {
  status: 200 | 404
  headers: Record<string, string>
  body: Uint8Array
}

/** One file of the built page, as any transport serves it; nothing outside `folder` is ever read. */
export async function pageFile(folder: string, urlPath: string): Promise<PageFile> {
  const path = insideFolder(folder, urlPath)
  const type = path === null ? undefined : mediaTypes[extname(path).toLowerCase()]
  const body = path === null || type === undefined ? null : await readOrNull(path)
  if (body === null || type === undefined) return notFound()
  return { status: 200, headers: { ...securityHeaders, 'content-type': type, ...caching(urlPath) }, body }
}

function insideFolder(folder: string, urlPath: string): string | null {
  const relative = decode(urlPath)
  if (relative === null || relative.includes('\0') || relative.includes('\\')) return null
  const base = resolve(folder)
  const path = resolve(join(base, relative === '/' ? 'index.html' : relative))
  return path.startsWith(base + sep) ? path : null
}

function decode(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return null
  }
}

async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch {
    return null
  }
}

function notFound(): PageFile {
  const headers = { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' }
  return { status: 404, headers, body: new TextEncoder().encode('There is no such file.\n') }
}

/** Files under assets/ carry a hash of their content in the name. */
function caching(urlPath: string): Record<string, string> {
  return { 'cache-control': urlPath.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store' }
}

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const mediaTypes: Readonly<Record<string, string | undefined>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}
