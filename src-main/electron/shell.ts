import { once } from 'node:events'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  session,
  shell,
  utilityProcess,
  type IpcMainInvokeEvent,
  type MenuItemConstructorOptions,
  type UtilityProcess,
  type WebContents,
} from 'electron'
import { portMessage } from '../../src-shared/contract/bridge.ts'
import type { PageFile } from '../page/pageFile.ts'
import { bridgeChannel } from './bridgeCalls.ts'

// Every use of Electron by the main process, as a short list of named functions. ARCHITECTURE.md says which of them
// were tested under the stand-in, tested in Electron, or not yet run.

const scheme = 'app'
export const pageOrigin = 'app://pimoe'

/** Must come before the program is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

/** The graphics processor is left alone; must come before the program is ready. */
export function drawWithoutHardware(): void {
  app.disableHardwareAcceleration()
}

/** False when the program runs already; the running one is told through `onSecondStart`. */
export function isOnlyInstance(): boolean {
  return app.requestSingleInstanceLock()
}

export function onSecondStart(act: () => void): void {
  app.on('second-instance', act)
}

export async function untilReady(): Promise<void> {
  await app.whenReady()
}

/** BCP 47, empty where unknown: the regional format of Windows and macOS, on Linux the language. */
export function systemLocale(): string {
  return app.getSystemLocale()
}

/** Answers every request of the page's scheme. */
export function servePage(read: (path: string) => Promise<PageFile>): void {
  protocol.handle(scheme, async (request) => {
    const { status, headers, body } = await read(new URL(request.url).pathname)
    return new Response(Buffer.from(body), { status, headers })
  })
}

/** No camera, no location, no notification: a page of ours needs none. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
}

/** A window without Node, in the sandbox, that neither navigates away nor opens others. Shown once drawn. */
export async function openWindow({
  preload,
  onShown,
}: {
  preload: string
  onShown: () => void
}): Promise<void> {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'PIMOE',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  window.webContents.on('will-prevent-unload', (event) => {
    if (isLeavingAnyway(window)) event.preventDefault()
    // Else the next end of the program, whatever its reason, would start it again.
    else startNext = null
  })
  window.once('ready-to-show', () => {
    window.show()
    onShown()
  })
  await window.loadURL(`${pageOrigin}/`)
}

/** The page has work that would end with it; to prevent its refusal is to close. */
function isLeavingAnyway(window: BrowserWindow): boolean {
  const stay = 0
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    buttons: ['Stay', 'Stop and close'],
    defaultId: stay,
    cancelId: stay,
    message: 'Work is still running.',
    detail:
      'Closing the window stops it. What is finished stays; a training can be resumed at the next start.',
  })
  return answer !== stay
}

export function hasWindow(): boolean {
  return BrowserWindow.getAllWindows().length > 0
}

export function focusWindow(): void {
  const window = BrowserWindow.getAllWindows().at(0)
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

export function setMenu(template: MenuItemConstructorOptions[]): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** The one listener: the page's calls, refused unless they come from the top frame of our own page. */
export function answerPage(answer: (call: unknown, page: WebContents) => Promise<unknown>): void {
  ipcMain.handle(bridgeChannel, async (event, call: unknown) => {
    if (!isOwnPage(event)) throw new Error('This page may not call the program.')
    return answer(call, event.sender)
  })
}

function isOwnPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  if (!frame || frame.parent) return false
  return frame.url === pageOrigin || frame.url.startsWith(`${pageOrigin}/`)
}

/** The utility process that holds the application, with the library of this folder. */
export function startApplication(file: string, library: string): UtilityProcess {
  const env = { ...process.env, PIMOE_LIBRARY: library }
  return utilityProcess.fork(file, [], { serviceName: 'PIMOE application', env })
}

/** Joins the page and the application by a new channel. */
export function connectPage(page: WebContents, application: UtilityProcess): void {
  const { port1, port2 } = new MessageChannelMain()
  application.postMessage({ type: 'port' }, [port1])
  page.postMessage(portMessage, null, [port2])
}

export function onApplicationExit(application: UtilityProcess, act: (code: number) => void): void {
  application.on('exit', act)
}

/** Asks the application to close its library, and waits at most two seconds. */
export async function stopApplication(application: UtilityProcess): Promise<void> {
  if (application.pid === undefined) return
  const gone = once(application, 'exit')
  application.postMessage({ type: 'close' })
  const timer = setTimeout(() => application.kill(), 2000)
  await gone
  clearTimeout(timer)
}

/** Path to write to, or null when the user changed their mind. */
export async function askWhereToSave(fileName: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: fileName })
  return canceled || filePath === '' ? null : filePath
}

/** Files to read; empty when the user changed their mind. */
export async function askWhatToOpen(): Promise<string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openFile', 'multiSelections'] })
  return canceled ? [] : filePaths
}

/** A folder, or null when the user changed their mind. */
export async function askForFolder(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths.at(0) ?? null)
}

export function showInFolder(path: string): void {
  shell.showItemInFolder(path)
}

export function showError(title: string, text: string): void {
  dialog.showErrorBox(title, text)
}

export function onAllWindowsClosed(act: () => void): void {
  app.on('window-all-closed', act)
}

/** macOS: the dock icon was clicked while no window was open. */
export function onActivate(act: () => void): void {
  app.on('activate', act)
}

/** Runs before the program ends; the end waits for it. */
export function beforeQuit(finish: () => Promise<void>): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    startNext?.()
    void finish().finally(() => app.quit())
  })
}

/** Sees to a new start at the end of the program; null: none is wanted. */
let startNext: (() => void) | null = null

/**
 * Ends the program and starts it again, unless a window stays for its work. An AppImage is mounted only while it runs, so
 * its own file is started, unpacked: https://github.com/electron-userland/electron-builder/issues/1727
 */
export function startAgain(image: string | undefined = process.env['APPIMAGE']): void {
  const args = process.argv.slice(1)
  startNext =
    app.isPackaged && image !== undefined
      ? () => app.relaunch({ execPath: image, args: ['--appimage-extract-and-run', ...args] })
      : () => app.relaunch()
  app.quit()
}

export function quit(): void {
  app.quit()
}
