import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillLibrary } from '../bench/library/tenThousand.ts'
import { openWindow, type OpenWindow } from './openWindow.ts'

/** A window on a library of so many cells; closing it removes the library. */
export async function openFilled(cells: number): Promise<OpenWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'pimoe-viele-'))
  const library = join(folder, 'Bücherei')
  fillLibrary(library, cells)
  const window = await openWindow({ library })
  const close = async (): Promise<void> => {
    await window.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { ...window, close }
}
