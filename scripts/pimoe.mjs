import { build } from './build.mjs'
import { runScript } from './root.mjs'
import { runFile } from './runFile.mjs'
import { setUp } from './setUp.mjs'

// The command line waits for the page to be built only where it serves it.
const args = process.argv.slice(2)
const only = args[0] === 'serve' ? ['main', 'renderer'] : ['main']

await runScript(() => {
  const node = setUp()
  build({ node, only })
  return runFile({ node, file: 'dist/main/cli.js', args })
})
