import type { Libraries } from './libraries.ts'
import type { WireError } from './wire.ts'

/**
 * What the Electron preload exposes as `window.pimoe`; absent in a browser, where the HTTP host answers instead.
 *
 * The port: the page adds a listener for `message` events on `window`, then calls `connect()`. One event follows whose
 * `data` is `portMessage` and whose `ports[0]` is a MessagePort (the page calls `start()` or sets `onmessage`). Over it
 * go WireRequest one way and WireAnswer the other. Each `connect()` gives a new port.
 */
export interface Bridge {
  readonly connect: () => Promise<void>
  /** Path on disk of a dropped or chosen File; an empty string for one made in memory. */
  readonly pathOf: (file: object) => string
  /** Asks where to save; what stands against it, or null when the user changed their mind. */
  readonly save: (file: {
    fileName: string
    base64: string
  }) => Promise<{ path: string } | { error: WireError } | null>
  /** Shows a file that `save` wrote in the system's file manager; other paths are refused. */
  readonly showInFolder: (path: string) => Promise<void>
  /** Paths the user chose; empty when they changed their mind. */
  readonly openFiles: () => Promise<string[]>
  /** BCP 47 name of the region whose numbers and dates the system uses; null where it names none. */
  readonly regionalFormat: () => Promise<string | null>
  /** Whether the graphics processor draws this window, and whether it will after the next start. */
  readonly acceleration: () => Promise<{ isUsed: boolean; isWanted: boolean }>
  /** What stands against it, else null. */
  readonly setAcceleration: (isWanted: boolean) => Promise<WireError | null>
  /** The library that is open, and those opened lately. */
  readonly libraries: () => Promise<Libraries>
  /** Starts the program again with one of `libraries()`; what stands against it, else null. */
  readonly openLibrary: (folder: string) => Promise<WireError | null>
  /** The same with a folder chosen in a dialog; null too when the user changed their mind. */
  readonly openOtherLibrary: () => Promise<WireError | null>
  /** Takes a library from the list; its folder stays as it is. */
  readonly forgetLibrary: (folder: string) => Promise<WireError | null>
}

export const portMessage = 'pimoe-port'
