import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type Bridge, portMessage } from '../../src-shared/contract/bridge.ts'
import { type BridgeCalls, bridgeChannel } from './bridgeCalls.ts'

// Handshake: the page listens for `message` on window and calls pimoe.connect(). Main makes a channel, gives one end to
// the utility process and sends the other here on `portMessage`; it is handed on by window.postMessage(portMessage, [port]).

const bridge: Bridge = {
  connect: () => call('connect', {}),
  pathOf: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
  save: (file) => call('save', file),
  showInFolder: (path) => call('showInFolder', { path }),
  openFiles: () => call('openFiles', {}),
}

contextBridge.exposeInMainWorld('pimoe', bridge)

ipcRenderer.on(portMessage, (event) => {
  window.postMessage(portMessage, '*', [...event.ports])
})

function call<N extends keyof BridgeCalls>(name: N, input: BridgeCalls[N][0]): Promise<BridgeCalls[N][1]> {
  return ipcRenderer.invoke(bridgeChannel, { name, input }) as Promise<BridgeCalls[N][1]>
}
