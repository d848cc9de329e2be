/** What is used of WebAssembly: Node's types leave it to the DOM's, which this side does without. */
declare namespace WebAssembly {
  class Memory {
    constructor(pages: { initial: number; maximum: number; shared: boolean })
    readonly buffer: SharedArrayBuffer
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory; abort: () => never } })
    readonly exports: unknown
  }
}
