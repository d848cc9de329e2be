import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Builds what is stale; a test of the built program calls it first, and costs nothing when `npm test` built already. */
export function buildProgram(parts: 'main' | 'main,renderer' = 'main,renderer'): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/run.mjs'), `--build=${parts}`],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
}
