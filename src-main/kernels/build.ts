import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const compiler = join(folder, '../../node_modules/assemblyscript/bin/asc.js')

/**
 * Compiles the kernels, or what another file of `assembly` exports; returns the WebAssembly module's bytes. The same sources
 * give the same bytes everywhere.
 */
export function compileKernels(entry = 'index.ts'): Buffer {
  const place = mkdtempSync(join(tmpdir(), 'kernels-'))
  try {
    const out = join(place, 'kernels.wasm')
    // A process of its own: the compiler's types would change those of Array for the whole project.
    execFileSync(process.execPath, [
      compiler,
      join(folder, 'assembly', entry),
      ...['--outFile', out, '--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert'],
      ...['--enable', 'simd,threads', '--importMemory', '--sharedMemory'],
      ...['--initialMemory', '16', '--maximumMemory', '32768'],
    ])
    return readFileSync(out)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = compileKernels().toString('base64')
  const lines = bytes.match(/.{1,100}/g)?.map((line) => `  '${line}',`) ?? []
  const text = `// Made from assembly/ by node scripts/run.mjs src-main/kernels/build.ts; a test compares the two.\nexport const kernelBytes = [\n${lines.join('\n')}\n].join('')\n`
  writeFileSync(join(folder, 'kernelBytes.ts'), text)
}
