import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { root, say, ScriptError } from './root.mjs'

const configuration = ['electron.vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json']

const parts = {
  /** Command line, hosts, preload and workers. */
  main: { sources: ['src-shared', 'src-main', ...configuration], result: 'dist/main/electron.js' },
  /** The page. */
  renderer: { sources: ['src-shared', 'src-renderer', ...configuration], result: 'dist/renderer/index.html' },
}

/** Builds the named parts whose sources changed since they were built. Writes to stderr only. */
export function build({ node, only = ['main', 'renderer'] }) {
  for (const name of only) buildPart({ node, name, ...parts[name] })
}

function buildPart({ node, name, sources, result }) {
  const stamp = join(root, 'dist', `${name}.stamp`)
  const key = fingerprint(sources)
  const isFresh = () => existsSync(join(root, result)) && readStamp(stamp) === key
  if (isFresh()) return
  withLock(`build-${name}`, () => {
    if (isFresh()) return
    const previous = startOf(stamp)
    const start = new Date()
    rmSync(stamp, { force: true })
    say(`Building ${name} …`)
    bundle({ node, name })
    if (name === 'main') removeOlderThan(previous, join(root, 'dist/main'))
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(stamp, key)
    utimesSync(stamp, start, start)
  })
}

/** When the build began that the stamp speaks of, ms; a stamp's own time says so. Without one nothing is older. */
function startOf(stamp) {
  return existsSync(stamp) ? statSync(stamp).mtimeMs : 0
}

/** Keeps what this build and the previous one wrote: programs started from the previous one load parts of it later. */
export function removeOlderThan(start_ms, folder) {
  // Some file systems keep times to two seconds only.
  const limit = start_ms - 2000
  for (const path of readdirSync(folder).map((file) => join(folder, file))) {
    if (statSync(path).mtimeMs < limit) rmSync(path, { recursive: true, force: true })
  }
}

function bundle({ node, name }) {
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status, stdout, stderr } = spawnSync(
    node,
    [tool, 'build', '--logLevel', 'warn', '--ignoreConfigWarning'],
    {
      cwd: root,
      env: { ...process.env, PIMOE_BUILD: name, NODE_ENV: 'production', NO_COLOR: '1' },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  )
  if (status === 0) return
  throw new ScriptError(`${stdout}${stderr}\nThe ${name} part does not build; the lines above say where.`)
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/** SHA-256 over the paths and the contents of files and of everything in folders. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesIn)) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(path) {
  if (path.endsWith('/node_modules')) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  const names = readdirSync(join(root, path)).sort()
  return names.flatMap((name) => filesIn(`${path}/${name}`))
}
