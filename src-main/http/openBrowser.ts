import { spawn } from 'node:child_process'

/** Opens an address in the default browser if there is one; BROWSER names another, or `none`. Never fails. */
export function openBrowser(address: string): void {
  const chosen = process.env['BROWSER']
  if (chosen === 'none') return
  const [command, ...args] = chosen ? [chosen] : systemOpener()
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true })
  // No browser is no failure: the address was printed.
  child.on('error', () => null)
  child.unref()
}

function systemOpener(): [string, ...string[]] {
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return process.platform === 'darwin' ? ['open'] : ['xdg-open']
}
