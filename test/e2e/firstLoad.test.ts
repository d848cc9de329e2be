import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { buildProgram, root } from '../support/built.ts'

beforeAll(() => buildProgram(), 120_000)

it('loads no more than 600 kB of script, gzipped, before the window shows', () => {
  const page = join(root, 'dist', 'renderer')
  const html = readFileSync(join(page, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.m?js)"/g)].map(([, file]) => file)
  expect(scripts.length).toBeGreaterThan(0)
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(page, file))).length, 0)
  expect(bytes).toBeLessThanOrEqual(600_000)
})
