import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../support/built.ts'

export const samples = join(root, 'assets', 'samples')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves with everything on that stream once it matches. */
  readonly says: (stream: 'stdout' | 'stderr', pattern: RegExp) => Promise<string>
}

/** The built command line as a process of its own, with a library of its own. */
export function start(words: readonly string[], library: string, cwd = root): Running {
  const entry = join(root, 'dist', 'main', 'cli.js')
  const child = spawn(process.execPath, [entry, ...words], {
    cwd,
    env: { ...process.env, PIMOE_LIBRARY: library },
  })
  const heard = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (heard[name] += text))
  }
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, ...heard }))
  async function says(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
    while (!pattern.test(heard[stream])) {
      const next = await Promise.race([once(child[stream], 'data'), finished])
      if ('code' in next)
        throw new Error(`It ended without saying ${String(pattern)}: ${heard.stdout}${heard.stderr}`)
    }
    return heard[stream]
  }
  return { child, finished, says }
}

export function pimoe(words: readonly string[], library: string, cwd?: string): Promise<Finished> {
  return start(words, library, cwd).finished
}

/** The one JSON document on stdout; whoever asks knows what it should be. */
export function documentOf({ stdout }: Finished): unknown {
  return JSON.parse(stdout)
}

export interface FailureDocument {
  readonly schema: string
  readonly error: {
    readonly code: string
    readonly message: string
    readonly advice: string
    readonly file?: string
  }
}
