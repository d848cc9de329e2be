import { findBrowser } from './browser.ts'

/** Unpacks the packaged Chromium once, before test files ask for it side by side. */
export async function setup(): Promise<void> {
  await findBrowser()
}
