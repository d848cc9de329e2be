import { resolve } from 'node:path'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

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
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
    plugins: [
      vue(),
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
