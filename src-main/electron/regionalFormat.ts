import { posixRegion } from './posixRegion.ts'
import { systemLocale } from './shell.ts'

/** BCP 47: Chromium goes by the language of the window, and on Linux Electron does too; there the environment tells. */
export function regionalFormat(): string | null {
  const told = process.platform === 'linux' ? posixRegion(process.env) : null
  return told ?? (systemLocale() || null)
}
