/** The preload as a script of the page: CommonJS with nothing but `electron` to require, as in the sandbox. */
export function preloadScript(source: string): string {
  const folder = JSON.stringify(process.env['STANDIN_FOLDER'] ?? '')
  return `(() => {
const standIn = (${pageElectron.toString()})(${folder})
const find = (name) => { if (name === 'electron') return standIn; throw new Error('module not found: ' + name) }
const about = { platform: 'linux', contextIsolated: true, sandboxed: true, versions: {}, env: {} }
;((require, module, exports, process) => {
${source}
})(find, { exports: {} }, {}, about)
})()`
}

interface PageHooks {
  __standInInvoke: (channel: string, args: unknown[]) => Promise<{ value: unknown } | { error: string }>
  __standInPort: (number: number, data: unknown) => void
  standInHooks: object
}

type Listener = (event: { ports: MessagePort[] }, message: unknown) => void

/** Runs in the page: nothing from outside this function exists there. */
function pageElectron(folder: string): object {
  const hooks = globalThis as unknown as PageHooks
  const listeners = new Map<string, Listener[]>()
  const ports = new Map<number, MessagePort>()

  function openPort(number: number): MessagePort {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = (message: MessageEvent<unknown>) => hooks.__standInPort(number, message.data)
    ports.set(number, port1)
    return port2
  }

  /** What the context bridge does: functions are wrapped, the rest is copied and frozen. */
  function bridged(value: unknown): unknown {
    if (typeof value === 'function')
      return (...args: unknown[]) => (value as (...args: unknown[]) => unknown)(...args)
    if (typeof value !== 'object' || value === null) return value
    return Object.freeze(
      Object.fromEntries(Object.entries(value).map(([key, field]) => [key, bridged(field)])),
    )
  }

  hooks.standInHooks = {
    receive(channel: string, message: unknown, numbers: number[]) {
      for (const listener of listeners.get(channel) ?? []) listener({ ports: numbers.map(openPort) }, message)
    },
    deliver: (number: number, data: unknown) => ports.get(number)?.postMessage(data),
  }

  return {
    ipcRenderer: {
      on: (channel: string, listener: Listener) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      async invoke(channel: string, ...args: unknown[]) {
        const result = await hooks.__standInInvoke(channel, structuredClone(args))
        if ('error' in result) throw new Error(result.error)
        return result.value
      },
    },
    contextBridge: {
      exposeInMainWorld(name: string, api: object) {
        if (name in globalThis) throw new Error(`Cannot bind an API on top of an existing property ${name}`)
        Object.defineProperty(globalThis, name, { value: bridged(api), writable: false, configurable: false })
      },
    },
    webUtils: { getPathForFile: (file: File) => (folder === '' ? '' : `${folder}/${file.name}`) },
  }
}
