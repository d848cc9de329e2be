import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { root } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

interface BuildScript {
  readonly removeOlderThan: (start_ms: number, folder: string) => void
}

const { removeOlderThan } = (await import(pathToFileURL(join(root, 'scripts/build.mjs')).href)) as BuildScript

it('a build keeps what it wrote and what the previous one wrote', () => {
  const folder = temporaryFolder()
  const previous = Date.parse('2026-11-22T12:00:00Z')
  for (const [name, age_s] of Object.entries({ old: -60, before: 1, now: 3600 })) {
    const written = new Date(previous + age_s * 1000)
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), written, written)
  }
  removeOlderThan(previous, folder)
  expect(readdirSync(folder).toSorted()).toEqual(['before', 'now'])
  removeOlderThan(0, folder)
  expect(readdirSync(folder).toSorted()).toEqual(['before', 'now'])
})
