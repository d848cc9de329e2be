import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { root, say, ScriptError } from './root.mjs'

const ownNode = '24.21.0'
/** The first 22.x that runs TypeScript files as they are; better-sqlite3 and Vitest need 22.12. */
const oldestNode = [22, 18]

/** Installs what is missing, works offline once done, and returns the Node to run everything with. */
export function setUp() {
  const node = findNode()
  installPackages(node)
  return node
}

function installPackages(node) {
  const stamp = join(root, 'node_modules', '.pimoe-lock')
  const key = lockKey()
  if (readOr(stamp, '') === key) return
  withLock('packages', () => {
    if (!isInstalled()) npm(node, ['ci', '--no-audit', '--no-fund'], 'Installing packages (npm ci) …')
    writeFileSync(stamp, key)
  })
}

function lockKey() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex')
}

/** Whether npm's own note of what it installed agrees with the lockfile, so that a plain `npm ci` counts. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json')
  if (!installed) return false
  const wanted = Object.entries(readPackages('package-lock.json')).filter(([path]) => path !== '')
  return wanted.every(([path, entry]) => {
    const present = installed[path]
    return present ? present.version === entry.version : entry.optional === true || entry.peer === true
  })
}

function readPackages(path) {
  const text = readOr(join(root, path), '')
  return text === '' ? null : JSON.parse(text).packages
}

function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = join(root, '.runtime')
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(binary)) withLock('node', () => fetchNode({ name, folder, binary }))
  return binary
}

function fetchNode({ name, folder, binary }) {
  if (existsSync(binary)) return
  mkdirSync(folder, { recursive: true })
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
  const message = `Node ${process.versions.node} is too old here; fetching Node ${ownNode} for this folder …`
  npm(process.execPath, ['install', '--prefix', folder, ...options, `${name}@${ownNode}`], message)
  if (!existsSync(binary)) {
    throw new ScriptError(
      `There is no Node ${ownNode} for this system on npm (${name}).\nInstall Node ${oldestNode.join('.')} or later, then try again.`,
    )
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
}

function npm(node, args, message) {
  say(message)
  const [command, ...first] = npmCommand(node)
  const quiet = ['--loglevel', 'error']
  const result = spawnSync(command, [...first, ...args, ...quiet], { cwd: root, stdio: ['ignore', 2, 2] })
  if (result.status === 0) return
  throw new ScriptError(
    `npm ${args[0]} failed, so the packages are not complete.\nCheck the connection to the npm registry (npm ping), then run the same command again.`,
  )
}

/** npm as a script of that Node where it can be found: Windows runs `npm.cmd` through a shell only. */
function npmCommand(node) {
  const places = ['node_modules', '../lib/node_modules'].map((folder) =>
    join(dirname(process.execPath), folder, 'npm/bin/npm-cli.js'),
  )
  const script = [process.env.npm_execpath, ...places].find(
    (path) => path?.endsWith('npm-cli.js') && existsSync(path),
  )
  return script ? [node, script] : ['npm']
}

function readOr(path, otherwise) {
  return existsSync(path) ? readFileSync(path, 'utf8') : otherwise
}
