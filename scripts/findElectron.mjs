import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, say } from './root.mjs'

const folder = join(root, 'node_modules/electron')
const installLimit_s = Number(process.env.PIMOE_INSTALL_SECONDS ?? 180)

/**
 * Command that starts Electron, fetched now if it is absent, or the reason why there is none.
 *
 * For tests: PIMOE_ELECTRON names an executable or a script of Node, PIMOE_ELECTRON_INSTALL a script that fetches it.
 */
export async function findElectron(node) {
  const present = electronCommand(node)
  if (present) return { command: present }
  say('Electron is not here yet; trying to fetch it …')
  const failure = await install(node)
  const command = electronCommand(node)
  if (command) return { command }
  return { reason: `Electron is not here: ${failure}.` }
}

function electronCommand(node) {
  const chosen = process.env.PIMOE_ELECTRON
  if (chosen !== undefined) return existsSync(chosen) ? runnable(node, chosen) : null
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const path = join(folder, 'dist', readFileSync(note, 'utf8'))
  return existsSync(path) ? [path] : null
}

function runnable(node, path) {
  return /\.(mjs|js|ts)$/.test(path) ? [node, path] : [path]
}

/** Why there is still no Electron, in a few words. */
async function install(node) {
  const script = process.env.PIMOE_ELECTRON_INSTALL ?? join(folder, 'install.js')
  const child = spawn(node, [script], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (part) => (text += part))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, installLimit_s * 1000)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  if (isLate) return `its download was not finished after ${installLimit_s} s`
  if (code === 0) return 'its installer left nothing behind'
  return noConnection.test(text) ? 'the download of Electron is not reachable' : installerFailure(text, code)
}

const noConnection =
  /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|socket hang up/

function installerFailure(text, code) {
  return `it could not be fetched (${firstLine(text) ?? `the installer ended with code ${code}`})`
}

/** The line that says most: the first that names an error, else the first that is not empty. */
export function firstLine(text) {
  const lines = text.split('\n').map((line) => line.trim().replace(/\.$/, ''))
  return lines.find((line) => /[Ee]rror|ERROR|FATAL/.test(line)) ?? lines.find((line) => line !== '')
}
