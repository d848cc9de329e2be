import { spawn } from 'node:child_process'
import { firstLine } from './findElectron.mjs'
import { root, say } from './root.mjs'

const readyLimit_s = Number(process.env.PIMOE_READY_SECONDS ?? 20)

/** What src-main/electron/main.ts prints. */
const windowShown = 'pimoe: window shown'
const runsAlready = 'pimoe: runs already'

/**
 * Starts Electron. Resolves to {code} once its window was shown and closed again, or to {reason} when it ended before,
 * could not be run, or showed no window in time. Never adds a flag that weakens the sandbox.
 */
export function showWindow([command, ...args]) {
  return new Promise((resolve) => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const child = spawn(command, [...args, root], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { isReady: false, complaints: '' }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve({ reason: `Electron showed no window within ${readyLimit_s} s.` })
    }, readyLimit_s * 1000)
    const end = (result) => {
      clearTimeout(timer)
      resolve(result)
    }
    child.stdout.setEncoding('utf8').on('data', (part) => {
      if (part.includes(runsAlready)) say('PIMOE runs already; its window comes to the front.')
      if (!part.includes(windowShown) && !part.includes(runsAlready)) return
      output.isReady = true
      clearTimeout(timer)
    })
    child.stderr.setEncoding('utf8').on('data', (part) => {
      if (output.isReady) process.stderr.write(part)
      else output.complaints += part
    })
    child.on('error', (error) => end({ reason: `Electron cannot be run (${error.code}).` }))
    child.on('close', (code, signal) => end(outcome(output, code ?? signal)))
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  })
}

function outcome({ isReady, complaints }, code) {
  if (isReady) return { code: typeof code === 'number' ? code : 1 }
  const complaint = firstLine(complaints)
  return {
    reason: `Electron ended (${code}) before its window was shown${complaint ? `: ${complaint}` : ''}.`,
  }
}
