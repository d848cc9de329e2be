/** The one channel between the preload and the main process. */
export const bridgeChannel = 'pimoe'

/** call -> [input, output] */
export interface BridgeCalls {
  connect: [Record<string, never>, undefined]
  save: [{ fileName: string; base64: string }, { path: string } | null]
  showInFolder: [{ path: string }, undefined]
  openFiles: [Record<string, never>, string[]]
  acceleration: [Record<string, never>, { isUsed: boolean; isWanted: boolean }]
  setAcceleration: [{ isWanted: boolean }, undefined]
}
