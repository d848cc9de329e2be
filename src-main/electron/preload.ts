import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type Bridge, portMessage } from '../../src-shared/contract/bridge.ts'
import { type BridgeCalls, bridgeChannel } from './bridgeCalls.ts'

// Handshake: the page listens for `message` on window and calls pimoe.connect(). Main makes a channel, gives one end to
// the utility process and sends the other here on `portMessage`; it is handed on by window.postMessage(portMessage, [port]).

declare const window: {
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void
}

const bridge: Bridge = {
  connect: () => call('connect', {}),
  pathOf: (file) => webUtils.getPathForFile(file as File),
  save: (file) => call('save', file),
  showInFolder: (path) => call('showInFolder', { path }),
  openFiles: () => call('openFiles', {}),
  regionalFormat: () => call('regionalFormat', {}),
  acceleration: () => call('acceleration', {}),
  setAcceleration: (isWanted) => call('setAcceleration', { isWanted }),
  libraries: () => call('libraries', {}),
  openLibrary: (folder) => call('openLibrary', { folder }),
  openOtherLibrary: () => call('openOtherLibrary', {}),
  forgetLibrary: (folder) => call('forgetLibrary', { folder }),
}

contextBridge.exposeInMainWorld('pimoe', bridge)

ipcRenderer.on(portMessage, ({ ports }: { ports: readonly unknown[] }) => {
  window.postMessage(portMessage, '*', [...ports])
})

function call<N extends keyof BridgeCalls>(name: N, input: BridgeCalls[N][0]): Promise<BridgeCalls[N][1]> {
  return ipcRenderer.invoke(bridgeChannel, { name, input }) as Promise<BridgeCalls[N][1]>
}
