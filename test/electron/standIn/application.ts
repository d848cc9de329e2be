import { EventEmitter } from 'node:events'
import { closeBrowser } from './chromium.ts'

class App extends EventEmitter {
  /** Electron is not ready before the main module has ended; awaiting it at top level would never end. */
  #codeLoaded = Promise.withResolvers<undefined>()
  #isQuitting = false

  readonly isPackaged = false

  codeLoaded(): void {
    this.#codeLoaded.resolve(undefined)
  }

  async whenReady(): Promise<void> {
    await this.#codeLoaded.promise
  }

  requestSingleInstanceLock(): boolean {
    return process.env['STANDIN_SECOND'] === undefined
  }

  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting = true
    let isPrevented = false
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) })
    this.#isQuitting = false
    if (!isPrevented) void closeBrowser().then(() => process.exit(0))
  }
}

export const app = new App()
