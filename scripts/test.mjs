import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { build } from './build.mjs'
import { root, runScript, say } from './root.mjs'
import { setUp } from './setUp.mjs'

// npm test: every check, then every test. npm run check: the checks alone. Each check counts as one test.

const report = join(root, 'node_modules/.cache/vitest-report.json')

const checks = [
  { name: 'types', tool: 'vue-tsc/bin/vue-tsc.js', args: ['--build'] },
  {
    name: 'lint',
    tool: 'eslint/bin/eslint.js',
    args: ['--max-warnings=0', '--cache', '--cache-location=node_modules/.cache/eslint', '.'],
  },
  {
    name: 'format',
    tool: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '--cache', '.'],
  },
  {
    name: 'layers',
    tool: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['src-shared', 'src-main', 'src-renderer', 'assets/samples/make', 'test'],
  },
  { name: 'dead code', tool: 'knip/bin/knip.js', args: [] },
  { name: 'packaging', script: 'scripts/checkPackaging.mjs', args: [] },
]

await runScript(async () => {
  const node = setUp()
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const check of checks)
    count(total, await stage(check.name, () => run(node, toolPath(check), check.args)))
  if (!process.argv.includes('--only-checks')) {
    count(total, await stage('build', () => buildAll(node)))
    await stage('tests', () => runTests(node, total))
  }
  console.log(sentence(total))
  return total.failed === 0 ? 0 : 1
})

/** Runs one stage and says how long it took; true when it passed. */
async function stage(name, work) {
  const start = Date.now()
  const isPassed = await work()
  say(`${isPassed ? '✓' : '✗'} ${name}, ${((Date.now() - start) / 1000).toFixed(1)} s`)
  return isPassed
}

function count(total, isPassed) {
  if (isPassed) total.passed += 1
  else total.failed += 1
}

function toolPath({ tool, script }) {
  return script ? join(root, script) : join(root, 'node_modules', tool)
}

function buildAll(node) {
  try {
    build({ node })
    return true
  } catch (error) {
    say(error.message)
    return false
  }
}

async function runTests(node, total) {
  rmSync(report, { force: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const isPassed = await run(node, join(root, 'node_modules/vitest/vitest.mjs'), args)
  const counts = readReport()
  total.passed += counts.numPassedTests
  total.failed += counts.numFailedTests
  total.skipped += counts.numPendingTests + counts.numTodoTests
  // A file that cannot be loaded, or an error outside any test, fails without a failed test.
  if (!isPassed && counts.numFailedTests === 0) total.failed += 1
  return isPassed
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  }
}

async function run(node, file, args) {
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) }
  const child = spawn(node, [file, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(child, 'exit')
  return code === 0
}

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
