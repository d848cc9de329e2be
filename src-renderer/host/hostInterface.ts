import type { Libraries } from '../../src-shared/contract/libraries.ts'
import type {
  FilePayload,
  RequestInput,
  RequestName,
  RequestOutput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'

export interface RequestOptions<N extends RequestName> {
  signal?: AbortSignal
  onProgress?: (message: RequestProgress<N>) => void
}

/** `path` is null where a browser keeps the place to itself; then `place` says where to look. */
export interface SavedFile {
  readonly place: string
  readonly path: string | null
}

/** What of some files reached the program, and what did not. */
export interface HandedFiles {
  readonly paths: readonly string[]
  readonly refused: readonly { readonly name: string; readonly error: WireError }[]
}

/** The application behind the window: a utility process in Electron, a loopback server in a browser. */
export interface Host {
  readonly kind: 'electron' | 'http'
  /** @throws RequestError */
  readonly request: <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options?: RequestOptions<N>,
  ) => Promise<RequestOutput<N>>
  /** The files of a drop; to be called before anything waits. */
  readonly dropped: (transfer: DataTransfer) => Promise<File[]>
  /** Paths that requests can name, for files dropped on the window. */
  readonly pathsOf: (files: readonly File[], signal?: AbortSignal) => Promise<HandedFiles>
  /** Files chosen in a dialog; none when the user changed their mind. */
  readonly chooseFiles: (signal?: AbortSignal) => Promise<HandedFiles>
  /** Null when the user changed their mind. */
  readonly save: (file: FilePayload) => Promise<SavedFile | null>
  readonly show: (path: string) => Promise<void>
  /** BCP 47 name of the system's regional format; null where only the browser's languages are known. */
  readonly region: () => Promise<string | null>
  /** Null where the window is not ours: a browser has a setting of its own. */
  readonly acceleration: Acceleration | null
  /** Null where the program was started with one library and cannot start itself again. */
  readonly libraries: RecentLibraries | null
}

/** The libraries opened lately; each call but `list` throws a RequestError. Opening starts the program again. */
export interface RecentLibraries {
  readonly list: () => Promise<Libraries>
  readonly open: (folder: string) => Promise<void>
  /** Asks for a folder first; nothing happens when the user changed their mind. */
  readonly openOther: () => Promise<void>
  readonly forget: (folder: string) => Promise<void>
}

/** Whether the graphics processor draws; a change holds from the next start on. `set` throws a RequestError. */
export interface Acceleration {
  readonly state: () => Promise<{ isUsed: boolean; isWanted: boolean }>
  readonly set: (isWanted: boolean) => Promise<void>
}
