import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

export interface BrowserChoice {
  executablePath: string
  args: string[]
}

/** Chromium for a test; the caller closes it. Fails with advice where no browser can be found. */
export async function launchBrowser(): Promise<Browser> {
  const found = await findBrowser()
  if (!found) {
    throw new Error(
      'No browser found. Install Chrome, Edge or Chromium, or set PIMOE_BROWSER to its executable.',
    )
  }
  // Without a locale Chromium finds no file whose name is not ASCII.
  const env = { LANG: 'C.UTF-8', ...process.env }
  return chromium.launch({ executablePath: found.executablePath, args: found.args, headless: true, env })
}

/** `PIMOE_BROWSER`, else an installed browser, else the Chromium inside the npm package (Linux x64). */
export async function findBrowser(): Promise<BrowserChoice | null> {
  const chosen = process.env['PIMOE_BROWSER'] ?? installedBrowsers().find((path) => existsSync(path))
  if (chosen) return { executablePath: chosen, args: asRoot() ? ['--no-sandbox'] : [] }
  return process.platform === 'linux' && process.arch === 'x64' ? packagedBrowser() : null
}

async function packagedBrowser(): Promise<BrowserChoice> {
  const { default: packaged } = await import('@sparticuz/chromium')
  const args = packaged.args.filter((arg) => !unwanted.some((name) => arg.startsWith(name)))
  return { executablePath: await packaged.executablePath(), args: [...args, '--disable-gpu'] }
}

/** Flags of the packaged browser that would make it less like the one a user has. */
const unwanted = [
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--headless',
  // Its emulated graphics processor can hold a page for ten seconds while the page before it is taken down.
  '--in-process-gpu',
  '--use-gl',
  '--use-angle',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
]

function asRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0
}

function installedBrowsers(): string[] {
  if (process.platform === 'win32') return windowsBrowsers()
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((name) =>
      join('/Applications', `${name}.app`, 'Contents/MacOS', name),
    )
  }
  const names = ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium', 'chromium-browser']
  return names.map((name) => join('/usr/bin', name))
}

function windowsBrowsers(): string[] {
  const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
    (name) => process.env[name] ?? [],
  )
  const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
  return roots.flatMap((root) => programs.map((program) => join(root, program)))
}
