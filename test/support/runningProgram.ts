import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface RunningProgram {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  /** Resolves once stdout or stderr matches; rejects with both when the program ends before or `limit_ms` passes. */
  until: (pattern: RegExp, limit_ms?: number) => Promise<RegExpExecArray>
  ended: Promise<number | null>
  stop: () => Promise<void>
}

/** A program of ours, run by this Node, with what it says kept. */
export function runProgram(args: string[], env: NodeJS.ProcessEnv = {}): RunningProgram {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (part: string) => (said.stdout += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (said.stderr += part))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    until: (pattern, limit_ms = 30_000) => matchIn({ child, said, pattern, limit_ms }),
    ended,
    stop: async () => {
      if (child.exitCode === null) child.kill()
      await ended
    },
  }
}

interface Watch {
  child: ChildProcess
  said: { stdout: string; stderr: string }
  pattern: RegExp
  limit_ms: number
}

async function matchIn({ child, said, pattern, limit_ms }: Watch): Promise<RegExpExecArray> {
  const end = Date.now() + limit_ms
  for (;;) {
    const found = pattern.exec(said.stdout) ?? pattern.exec(said.stderr)
    if (found) return found
    if (child.exitCode !== null || Date.now() > end) {
      throw new Error(`No ${String(pattern)} in:\n${said.stdout}\n${said.stderr}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
