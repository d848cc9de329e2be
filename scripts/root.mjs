import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Everything the scripts say; stdout belongs to the answers. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** An expected end of a script: what happened and what to do next. */
export class ScriptError extends Error {}

/** Runs a script's body; an expected failure ends it in one or two plain lines and exit code 1. */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
