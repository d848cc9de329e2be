import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// An executable in the place of Electron's: `node run.ts FOLDER` runs the main file that FOLDER/package.json names, with
// the stand-in answering `import 'electron'`. Chromium is real, the utility process is a real process; see README.md.

const folder = resolve(process.argv[2] ?? '.')
const standIn = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})

const { app } = await import('./application.ts')
const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string }
await import(pathToFileURL(join(folder, main)).href)
app.codeLoaded()
