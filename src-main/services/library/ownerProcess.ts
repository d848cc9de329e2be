import { uptime } from 'node:os'

/** Whether the process that took something in hand then may still be at it. `isMine`: whether this very process may be. */
export function mayBeAtIt(owner: number, takenAt: Date, isMine: boolean): boolean {
  if (owner === process.pid && !isMine) return false
  // After a restart of the machine another program may have the same process number.
  const lastBoot = Date.now() - 1000 * uptime()
  return takenAt.getTime() > lastBoot && isAlive(owner)
}

function isAlive(owner: number): boolean {
  try {
    process.kill(owner, 0)
    return true
  } catch (error) {
    // Not allowed to signal it: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
