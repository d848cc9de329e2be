/** What is used of WebAssembly: Node's types leave it to the DOM's, which this side does without. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: SharedArrayBuffer
  }
  type Module = object
  interface Instance {
    readonly exports: unknown
  }
  const Memory: new (pages: { initial: number; maximum: number; shared: boolean }) => Memory
  const Module: new (bytes: Uint8Array) => Module
  const Instance: new (module: Module, imports: { env: { memory: Memory; abort: () => never } }) => Instance
}
