import type { Bridge } from '../../src-shared/contract/bridge.ts'

declare global {
  interface Window {
    /** Set by the preload in Electron, absent in a browser. */
    readonly pimoe?: Bridge
  }
}
