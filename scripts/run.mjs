import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { dirname, delimiter, join } from 'node:path'
import { build } from './build.mjs'
import { root, runScript } from './root.mjs'
import { setUp } from './setUp.mjs'

/**
 * node scripts/run.mjs [--build=main,renderer] [FILE ARGUMENT…]
 *
 * Sets up, builds what is stale of the named parts, and runs a JavaScript or TypeScript file of the project with the
 * right Node. The exit code is the file's own.
 */
const [first, ...rest] = process.argv.slice(2)
const only = first?.startsWith('--build=') ? first.slice('--build='.length).split(',') : []
const [file, ...args] = only.length > 0 ? rest : [first, ...rest]

await runScript(() => {
  const node = setUp()
  build({ node, only })
  return file === undefined ? 0 : run({ node, file, args })
})

async function run({ node, file, args }) {
  const path = [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  const cwd = process.env.INIT_CWD ?? process.cwd()
  const child = spawn(node, [join(root, file), ...args], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  // A terminal sends Ctrl-C to the child as well; twice would be taken for impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const [code, signal] = await once(child, 'exit')
  return code ?? 128 + (constants.signals[signal] ?? 0)
}
