import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Dialog, Page, Route } from 'playwright-core'
import { app } from './application.ts'
import { browser } from './chromium.ts'
import { invoke, type InvokeEvent } from './ipcMain.ts'
import { note } from './journal.ts'
import type { PortMain } from './messagePorts.ts'
import { Preventable } from './preventable.ts'
import { preloadScript } from './preloadScript.ts'
import { responder } from './protocol.ts'

interface WindowOptions {
  width: number
  height: number
  show: boolean
  webPreferences: { preload: string; sandbox: boolean; contextIsolation: boolean; nodeIntegration: boolean }
}

/** A page of the real Chromium. `app://name/path` is carried as `https://name.stand-in.test/path`. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly #options: WindowOptions

  static getAllWindows(): BrowserWindow[] {
    return [...app.windows] as BrowserWindow[]
  }

  constructor(options: WindowOptions) {
    super()
    const { sandbox, contextIsolation, nodeIntegration } = options.webPreferences
    if (!sandbox || !contextIsolation || nodeIntegration) throw new Error('Unsafe webPreferences.')
    this.#options = options
    app.windows.add(this)
  }

  show(): void {
    note('show')
  }

  focus(): void {
    note('focus')
  }

  isMinimized(): boolean {
    return false
  }

  async loadURL(url: string): Promise<void> {
    const { width, height, webPreferences } = this.#options
    const context = await (
      await browser()
    ).newContext({ viewport: { width, height }, acceptDownloads: false })
    const page = await context.newPage()
    page.on('close', () => this.#closed())
    await this.webContents.attach(page, readFileSync(webPreferences.preload, 'utf8'))
    await page.goto(carried(url))
    this.emit('ready-to-show')
  }

  leave(): Promise<boolean> {
    return this.webContents.leave()
  }

  #closed(): void {
    this.webContents.closePorts()
    app.windows.delete(this)
    this.emit('closed')
    if (app.windows.size === 0) app.emit('window-all-closed')
  }
}

class WebContents extends EventEmitter {
  #page: Page | null = null
  #decideOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  #stay = (): void => undefined
  readonly #ports: PortMain[] = []

  setWindowOpenHandler(decide: (details: { url: string }) => { action: string }): void {
    this.#decideOpen = decide
  }

  /** Hands ports to the preload, which sees them as ports of a channel of its own. */
  postMessage(channel: string, message: unknown, transfer: PortMain[]): void {
    const numbers = transfer.map((port) => this.#adopt(port))
    void this.#inPage('receive', [channel, message, numbers])
  }

  async attach(page: Page, preload: string): Promise<void> {
    this.#page = page
    await page.route('https://*.stand-in.test/**', serve)
    await page.route(
      (url) => !url.hostname.endsWith('.stand-in.test'),
      (route) => this.#refuse(route),
    )
    await page.exposeFunction('__standInInvoke', (channel: string, args: unknown[]) =>
      invoke(this.#event(page), channel, args),
    )
    await page.exposeFunction('__standInPort', (number: number, data: unknown) =>
      this.#ports[number]?.postMessage(data),
    )
    page.on('dialog', (asked) => void this.#unload(asked))
    page.on('popup', (popup) => {
      note('popup', this.#decideOpen({ url: popup.url() }).action)
      void popup.close()
    })
    await page.addInitScript({ content: preloadScript(preload) })
  }

  /** Whether the page let itself be closed. */
  async leave(): Promise<boolean> {
    const page = this.#page
    if (page === null || page.isClosed()) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    page.once('close', () => resolve(true))
    this.#stay = () => resolve(false)
    await page.close({ runBeforeUnload: true })
    return promise
  }

  closePorts(): void {
    for (const port of this.#ports) port.close()
  }

  /** A page that refuses to go stays, unless that refusal is prevented. */
  async #unload(asked: Dialog): Promise<void> {
    const event = new Preventable()
    this.emit('will-prevent-unload', event)
    await (event.isPrevented ? asked.accept() : asked.dismiss())
    if (!event.isPrevented) this.#stay()
  }

  #event(page: Page): InvokeEvent {
    return { sender: this, senderFrame: { url: original(page.url()), parent: null } }
  }

  #adopt(port: PortMain): number {
    const number = this.#ports.push(port) - 1
    port.on('message', ({ data }: { data: unknown }) => void this.#inPage('deliver', [number, data]))
    port.start()
    return number
  }

  /** A navigation elsewhere asks `will-navigate` first, as in Electron; anything else outside is not there. */
  async #refuse(route: Route): Promise<void> {
    if (!route.request().isNavigationRequest()) return route.abort()
    const event = new Preventable()
    this.emit('will-navigate', event)
    note('navigation', event.isPrevented ? 'prevented' : 'allowed')
    // Without content the browser stays where it is; an aborted request would show an error page.
    return event.isPrevented ? route.fulfill({ status: 204 }) : route.abort()
  }

  async #inPage(name: 'receive' | 'deliver', args: unknown[]): Promise<void> {
    // A page that is going away needs no message.
    await this.#page?.evaluate(callHook, { name, args }).catch(() => null)
  }
}

/** Runs in the page. */
function callHook({ name, args }: { name: 'receive' | 'deliver'; args: unknown[] }): void {
  const { standInHooks } = globalThis as unknown as {
    standInHooks: Record<typeof name, (...args: unknown[]) => void>
  }
  standInHooks[name](...args)
}

async function serve(route: Route): Promise<void> {
  const request = route.request()
  const url = original(request.url())
  const response = await responder(new URL(url).protocol.slice(0, -1))(
    new Request(url, { method: request.method() }),
  )
  const body = Buffer.from(await response.arrayBuffer())
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
}

function carried(url: string): string {
  return url.replace(/^app:\/\/([^/]+)/, 'https://$1.stand-in.test')
}

function original(url: string): string {
  return url.replace(/^https:\/\/([^/]+)\.stand-in\.test/, 'app://$1')
}
