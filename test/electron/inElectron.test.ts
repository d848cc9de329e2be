import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildProgram, root } from '../support/built.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const electron = electronBinary()
const why = electron === null ? ' (skipped: Electron is not installed or has no display here)' : ''

beforeAll(() => {
  if (electron !== null) buildProgram()
}, 120_000)

it.skipIf(electron === null)(`shows the window in Electron itself${why}`, async () => {
  const program = await _electron.launch({
    executablePath: electron ?? '',
    args: [root],
    env: { ...textOnly(process.env), PIMOE_LIBRARY: join(temporaryFolder(), 'library') },
  })
  onTestFinished(() => program.close())
  const page = await program.firstWindow()
  await page.getByRole('button', { name: 'Add the sample cells' }).waitFor()
  expect(page.url()).toMatch(/^app:\/\/pimoe\//)
  expect(await page.evaluate('typeof require')).toBe('undefined')
})

function electronBinary(): string | null {
  const folder = join(root, 'node_modules/electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note) || (process.platform === 'linux' && process.env['DISPLAY'] === undefined)) return null
  const path = join(folder, 'dist', readFileSync(note, 'utf8'))
  return existsSync(path) ? path : null
}

function textOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
