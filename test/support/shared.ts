import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../../shared')

/** Path inside the real-data folder beside the project, or null where the checkout stands alone. */
export function sharedPath(...parts: string[]): string | null {
  const path = join(root, ...parts)
  return existsSync(path) ? path : null
}

export function sharedData(...parts: string[]): string | null {
  return sharedPath('data', ...parts)
}

export function sharedGolden(...parts: string[]): string | null {
  return sharedPath('golden', ...parts)
}

/** The one line a skipped test prints. */
export const needsShared = existsSync(root) ? '' : ' (skipped: ../shared is absent)'
