import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface FolderQuestion {
  /** As given by the user, with --library. */
  named?: string | undefined
  platform?: NodeJS.Platform
  environment?: NodeJS.ProcessEnv
  home?: string
}

/** The library's folder: as named, else PIMOE_LIBRARY, else the platform's place for a user's data. */
export function libraryFolder(question: FolderQuestion = {}): string {
  const { named, environment = process.env } = question
  const chosen = named ?? environment['PIMOE_LIBRARY'] ?? ''
  return chosen === '' ? platformFolder(question) : resolve(chosen)
}

/** Where batches asked for in the window are written. */
export function batchFolder(library: string): string {
  return join(library, 'batches')
}

/** The library's folder where nothing names another. */
export function platformFolder({
  platform = process.platform,
  environment = process.env,
  home = homedir(),
}: FolderQuestion = {}): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'PIMOE')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'PIMOE')
  const base = environment['XDG_DATA_HOME'] ?? ''
  return join(base === '' ? join(home, '.local', 'share') : base, 'pimoe')
}
