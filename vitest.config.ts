import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Two projects: everything that runs in Node alone, and what drives the built program in a browser.
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/electron/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/{e2e,electron}/**/*.test.ts'],
          globalSetup: ['test/support/unpackBrowser.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
