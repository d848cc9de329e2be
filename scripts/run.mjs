import { build } from './build.mjs'
import { runScript } from './root.mjs'
import { runFile } from './runFile.mjs'
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
  return file === undefined ? 0 : runFile({ node, file, args })
})
