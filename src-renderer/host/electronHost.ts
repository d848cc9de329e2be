import { type Bridge, portMessage } from '../../src-shared/contract/bridge.ts'
import type {
  FilePayload,
  RequestName,
  RequestOutput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { WireAnswer, WireError, WireRequest } from '../../src-shared/contract/wire.ts'
import { type DroppedFile, droppedFiles } from './droppedFiles.ts'
import type { Host, RequestOptions, SavedFile } from './hostInterface.ts'
import { cancelledError, RequestError } from './requestError.ts'

/** The utility process over one MessagePort; files and dialogs over the bridge. */
export function electronHost(bridge: Bridge): Host {
  const line = openLine(bridge)
  const handed = handedPaths(bridge)
  return {
    kind: 'electron',
    request: (name, input, options) => request({ line, name, input, options: options ?? {} }),
    dropped: handed.dropped,
    pathsOf: (files) =>
      Promise.resolve({ paths: files.map(handed.pathOf).filter((path) => path !== ''), refused: [] }),
    chooseFiles: async () => ({ paths: await bridge.openFiles(), refused: [] }),
    save: (file) => save(bridge, file),
    show: (path) => bridge.showInFolder(path),
    region: () => bridge.regionalFormat(),
    acceleration: {
      state: () => bridge.acceleration(),
      set: async (isWanted) => refuse(await bridge.setAcceleration(isWanted)),
    },
    libraries: {
      list: () => bridge.libraries(),
      open: async (folder) => refuse(await bridge.openLibrary(folder)),
      openOther: async () => refuse(await bridge.openOtherLibrary()),
      forget: async (folder) => refuse(await bridge.forgetLibrary(folder)),
    },
  }
}

function refuse(error: WireError | null): void {
  if (error !== null) throw new RequestError(error)
}

/** Electron tells the path of what was dropped; that of a file in a dropped folder is put together from the folder's. */
function handedPaths(bridge: Bridge) {
  const nested = new WeakMap<File, string>()
  const remember = ({ file, within }: DroppedFile): File => {
    const folder = within === null ? '' : bridge.pathOf(within.folder)
    if (within !== null && folder !== '') nested.set(file, pathUnder(folder, within.names))
    return file
  }
  return {
    dropped: async (transfer: DataTransfer) => (await droppedFiles(transfer)).map(remember),
    pathOf: (file: File) => nested.get(file) ?? bridge.pathOf(file),
  }
}

function pathUnder(folder: string, names: readonly string[]): string {
  const separator = folder.startsWith('/') ? '/' : '\\'
  return [folder.replace(/[\\/]$/, ''), ...names].join(separator)
}

type Listener = (answer: WireAnswer) => void

interface Line {
  readonly port: Promise<MessagePort>
  readonly listeners: Map<number, Listener>
}

let lastId = 0

function openLine(bridge: Bridge): Line {
  const listeners = new Map<number, Listener>()
  const port = new Promise<MessagePort>((resolve, reject) => {
    window.addEventListener('message', function received(event: MessageEvent<unknown>) {
      const [first] = event.ports
      if (event.source !== window || event.data !== portMessage || first === undefined) return
      window.removeEventListener('message', received)
      first.addEventListener('message', ({ data }: MessageEvent<WireAnswer>) =>
        listeners.get(data.id)?.(data),
      )
      first.start()
      resolve(first)
    })
    bridge.connect().catch(reject)
  })
  return { port, listeners }
}

interface Call<N extends RequestName> {
  line: Line
  name: N
  input: unknown
  options: RequestOptions<N>
}

async function request<N extends RequestName>({
  line,
  name,
  input,
  options,
}: Call<N>): Promise<RequestOutput<N>> {
  const { signal, onProgress } = options
  const port = await line.port
  if (signal?.aborted === true) throw cancelledError()
  const id = ++lastId
  const send = (message: WireRequest): void => port.postMessage(message)
  return new Promise<RequestOutput<N>>((resolve, reject) => {
    const stop = (): void => send({ id, cancel: true })
    const end = (): void => {
      line.listeners.delete(id)
      signal?.removeEventListener('abort', stop)
    }
    line.listeners.set(id, (answer) => {
      if ('progress' in answer) return onProgress?.(answer.progress as RequestProgress<N>)
      end()
      if ('error' in answer) reject(new RequestError(answer.error))
      else resolve(answer.output as RequestOutput<N>)
    })
    signal?.addEventListener('abort', stop, { once: true })
    // A reactive proxy cannot be cloned; the contract carries JSON only.
    send({ id, name, input: JSON.parse(JSON.stringify(input)) as unknown })
  })
}

async function save(bridge: Bridge, { fileName, base64 }: FilePayload): Promise<SavedFile | null> {
  const saved = await bridge.save({ fileName, base64 })
  if (saved === null) return null
  if ('error' in saved) throw new RequestError(saved.error)
  return { place: saved.path, path: saved.path }
}
