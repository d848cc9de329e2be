import type { Libraries } from '../../src-shared/contract/libraries.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'

/** The one channel between the preload and the main process. */
export const bridgeChannel = 'pimoe'

/** call -> [input, output] */
export interface BridgeCalls {
  connect: [Record<string, never>, undefined]
  save: [{ fileName: string; base64: string }, { path: string } | { error: WireError } | null]
  showInFolder: [{ path: string }, undefined]
  openFiles: [Record<string, never>, string[]]
  regionalFormat: [Record<string, never>, string | null]
  acceleration: [Record<string, never>, { isUsed: boolean; isWanted: boolean }]
  setAcceleration: [{ isWanted: boolean }, WireError | null]
  libraries: [Record<string, never>, Libraries]
  openLibrary: [{ folder: string }, WireError | null]
  openOtherLibrary: [Record<string, never>, WireError | null]
  forgetLibrary: [{ folder: string }, WireError | null]
}
