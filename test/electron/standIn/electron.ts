// What the compiled main process gets for `import 'electron'`.
export { app } from './application.ts'
export { BrowserWindow } from './browserWindow.ts'
export { dialog, Menu, shell } from './desktop.ts'
export { ipcMain } from './ipcMain.ts'
export { MessageChannelMain } from './messagePorts.ts'
export { protocol, session } from './protocol.ts'
export { utilityProcess } from './utilityProcess.ts'
