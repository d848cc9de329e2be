/** Holds a training thread after the epoch it is in; the thread reads `held` itself, because it takes no messages. */
export interface PauseSwitch {
  /** Shared with the thread: 1 while it is to wait. */
  readonly held: Int32Array
  readonly pause: () => void
  readonly release: () => void
}

export function createPauseSwitch(): PauseSwitch {
  const held = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  return {
    held,
    pause: () => void Atomics.store(held, 0, 1),
    release: () => {
      Atomics.store(held, 0, 0)
      Atomics.notify(held, 0)
    },
  }
}
