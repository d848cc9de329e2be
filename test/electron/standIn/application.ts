import { EventEmitter, once } from 'node:events'
import { closeBrowser } from './chromium.ts'
import { note } from './journal.ts'
import { Preventable } from './preventable.ts'

interface OpenWindow {
  /** Asks its page to go; false where it stays. */
  leave: () => Promise<boolean>
}

class App extends EventEmitter {
  /** Electron is not ready before the main module has ended; awaiting it at top level would never end. */
  #isCodeLoaded = false
  #isQuitting = false
  readonly isPackaged = false
  /** Windows in the order they were opened. */
  readonly windows = new Set<OpenWindow>()

  codeLoaded(): void {
    this.#isCodeLoaded = true
    this.emit('ready')
  }

  async whenReady(): Promise<void> {
    if (!this.#isCodeLoaded) await once(this, 'ready')
  }

  getSystemLocale(): string {
    return process.env['STANDIN_REGION'] ?? 'en-US'
  }

  disableHardwareAcceleration(): void {
    if (this.#isCodeLoaded)
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready')
    note('disableHardwareAcceleration')
  }

  /** Notes it only: the test starts the program again itself. */
  relaunch(options: unknown = null): void {
    note('relaunch', options)
  }

  requestSingleInstanceLock(): boolean {
    return process.env['STANDIN_SECOND'] === undefined
  }

  /** Closes the windows first; where one stays, the program does. */
  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting = true
    void this.#closeWindows().then((areClosed) => {
      if (areClosed) this.#end()
      this.#isQuitting = false
    })
  }

  async #closeWindows(): Promise<boolean> {
    for (const window of this.windows) if (!(await window.leave())) return false
    return true
  }

  #end(): void {
    const event = new Preventable()
    this.emit('will-quit', event)
    if (!event.isPrevented) void closeBrowser().then(() => process.exit(0))
  }
}

export const app = new App()
