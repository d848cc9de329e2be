import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../support/built.ts'
import { openWindow, type OpenWindow } from '../support/openWindow.ts'

beforeAll(() => buildProgram(), 120_000)

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  let window: OpenWindow
  beforeAll(async () => {
    window = await openWindow({ colorScheme })
  }, 60_000)
  afterAll(() => window.close())

  it('follows the system, and the choice of the user', async () => {
    const isDark = (): Promise<boolean> =>
      window.page.evaluate(() => document.documentElement.classList.contains('dark'))
    expect(await isDark()).toBe(colorScheme === 'dark')
    const other = colorScheme === 'dark' ? 'light' : 'dark'
    await window.page.emulateMedia({ colorScheme: other })
    await expect.poll(isDark).toBe(other === 'dark')
    await window.page.emulateMedia({ colorScheme })
    await expect.poll(isDark).toBe(colorScheme === 'dark')
    expect(window.complaints).toEqual([])
  })
})
