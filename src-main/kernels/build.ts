import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { main } from 'assemblyscript/asc'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Compiles the kernels; returns the WebAssembly module's bytes. The same sources give the same bytes everywhere. */
export async function compileKernels(): Promise<Buffer> {
  const place = mkdtempSync(join(tmpdir(), 'kernels-'))
  try {
    const out = join(place, 'kernels.wasm')
    const { error, stderr } = await main([
      join(folder, 'assembly/index.ts'),
      ...['--outFile', out, '--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert'],
      ...['--enable', 'simd,threads', '--importMemory', '--sharedMemory'],
      ...['--initialMemory', '16', '--maximumMemory', '32768'],
    ])
    if (error !== null) throw new Error(stderr.toString())
    return readFileSync(out)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = (await compileKernels()).toString('base64')
  const lines = bytes.match(/.{1,100}/g)?.map((line) => `  '${line}',`) ?? []
  const text = `// Made from assembly/ by node scripts/run.mjs src-main/kernels/build.ts; a test compares the two.\nexport const kernelBytes = [\n${lines.join('\n')}\n].join('')\n`
  writeFileSync(join(folder, 'kernelBytes.ts'), text)
}
