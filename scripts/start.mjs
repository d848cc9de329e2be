import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { build } from './build.mjs'
import { findElectron } from './findElectron.mjs'
import { root, runScript, say } from './root.mjs'
import { setUp } from './setUp.mjs'
import { showWindow } from './showWindow.mjs'

// npm start: the window in Electron, or, where that is not to be had, the same window in the default browser.
// `npm start -- --browser` goes to the browser at once.

await runScript(async () => {
  const node = setUp()
  build({ node })
  if (process.argv.includes('--browser')) return serve(node)
  const outcome = await tryElectron(node)
  if (outcome.reason === undefined) return outcome.code
  say(`${outcome.reason} The same window opens in the browser instead.`)
  return serve(node)
})

/** Resolves to the exit code once the window was closed, or to the reason why there was none. */
async function tryElectron(node) {
  const electron = await findElectron(node)
  if (electron.reason !== undefined) return electron
  return showWindow(electron.command)
}

async function serve(node) {
  const child = spawn(node, [join(root, 'dist/main/http.js')], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  return code ?? 130
}
