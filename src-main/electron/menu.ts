import { type MenuItemConstructorOptions } from 'electron'

/** The system's menus by their roles: copying, zooming, full screen and quitting work as everywhere. */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const program: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return [
    ...program,
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ]
}
