import { resolve } from 'node:path'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { normalizePath, type Plugin } from 'vite'

// scripts/build.mjs builds the two parts apart, so that the command line never waits for the page.
const part = process.env['PIMOE_BUILD']

const entries = {
  electron: 'src-main/electron/main.ts',
  application: 'src-main/electron/utility.ts',
  http: 'src-main/http/main.ts',
  cli: 'src-main/cli/main.ts',
  trainingWorker: 'src-main/training/trainingWorker.ts',
  batchWorker: 'src-main/services/batch/batchWorker.ts',
  parquetWorker: 'src-main/readers/containers/parquetWorker.ts',
  crewFollower: 'src-main/kernels/crewFollower.ts',
}

const mainSide = {
  main: {
    build: {
      outDir: 'dist/main',
      // A program that runs may still load the chunks it was started from; scripts/build.mjs clears the older ones.
      emptyOutDir: false,
      sourcemap: true,
      // Half of what a short command takes to start would be its modules, most of them messages in other languages.
      externalizeDeps: { exclude: ['zod'] },
      rolldownOptions: {
        input: entries,
        // Flat: a worker and the program's folder are found from any chunk by the same relative path.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'dist/preload',
      rolldownOptions: {
        input: { preload: 'src-main/electron/preload.ts' },
        output: { format: 'cjs' as const, entryFileNames: 'preload.cjs' },
      },
    },
  },
}

/** `first` for all that the first script needs, `page` for all that the page's own needs besides; others are left open. */
function chunkOf(id: string, modules: ChunkingContext): string | null {
  const main = modules.getModuleInfo(normalizePath(resolve('src-renderer/app/main.ts')))
  if (main === null) return null
  if (reaches(main.id, modules).has(id) || id.includes('preload-helper')) return 'first'
  return main.dynamicallyImportedIds.some((page) => reaches(page, modules).has(id)) ? 'page' : null
}

const reached = new Map<string, Set<string>>()

function reaches(from: string, modules: ChunkingContext): Set<string> {
  const known = reached.get(from)
  if (known !== undefined) return known
  const found = new Set([from])
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  reached.set(from, found)
  return found
}

/** The first script asks the program before it loads the page's own; the browser need not wait for it to fetch those. */
const preloadPage: Plugin = {
  name: 'preload-page',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const named = chunks.filter(({ name }) => name === 'page')
      const files = new Set(named.flatMap(({ fileName, imports }) => [fileName, ...imports]))
      for (const { name, fileName } of chunks) if (name === 'first') files.delete(fileName)
      return [...files].map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: '', href: `./${file}` },
        injectTo: 'head' as const,
      }))
    },
  },
}

interface ChunkingContext {
  readonly getModuleInfo: (id: string) => {
    readonly id: string
    readonly importedIds: string[]
    readonly dynamicallyImportedIds: string[]
  } | null
}

const page = {
  renderer: {
    root: 'src-renderer',
    base: './',
    build: {
      outDir: resolve('dist/renderer'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // A data: font or script would need a wider content security policy.
      assetsInlineLimit: 0,
      minify: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: 'src-renderer/index.html',
        // Three files instead of hundreds: what asks first, what the library's rows need, what other places share.
        output: {
          codeSplitting: {
            groups: [
              { name: chunkOf, debugName: 'first and page', priority: 2 },
              { name: 'places', minShareCount: 2, priority: 1 },
            ],
          },
        },
      },
    },
    plugins: [
      vue(),
      preloadPage,
      ui({
        dts: false,
        colorMode: false,
        icon: { clientBundle: { scan: { globInclude: ['**/*.{vue,ts}'] } } },
        ui: {
          colors: { primary: 'blue', neutral: 'slate' },
          // As wide as what can be chosen, within reason.
          select: { slots: { content: 'w-auto min-w-(--reka-select-trigger-width) max-w-96' } },
          selectMenu: { slots: { content: 'w-auto min-w-(--reka-combobox-trigger-width) max-w-96' } },
          // Its own hover lets the page shine through: words on it would no longer stand out.
          button: {
            compoundVariants: [
              {
                color: 'primary',
                variant: 'solid',
                class:
                  'hover:bg-(--primary-hover) active:bg-(--primary-hover) disabled:opacity-50 aria-disabled:opacity-50',
              },
            ],
          },
        },
      }),
    ],
  },
}

export default defineConfig({
  ...(part === 'renderer' ? {} : mainSide),
  ...(part === 'main' ? {} : page),
})
