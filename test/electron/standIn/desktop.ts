import { note } from './journal.ts'

export const dialog = {
  async showSaveDialog(options: { defaultPath: string }) {
    note('showSaveDialog', options)
    const filePath = process.env['STANDIN_SAVE'] ?? ''
    return Promise.resolve({ canceled: filePath === '', filePath })
  },
  async showOpenDialog(options: unknown) {
    note('showOpenDialog', options)
    const path = process.env['STANDIN_OPEN']
    return Promise.resolve(
      path === undefined ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [path] },
    )
  },
  showMessageBoxSync(_window: unknown, options: { cancelId: number }): number {
    note('showMessageBox', options)
    return Number(process.env['STANDIN_ANSWER'] ?? options.cancelId)
  },
  showErrorBox(title: string, text: string): void {
    note('showErrorBox', { title, text })
  },
}

export const shell = {
  showItemInFolder(path: string): void {
    note('showItemInFolder', path)
  },
}

export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu(menu: unknown): void {
    note('setApplicationMenu', menu)
  },
}
