export interface AbortContext {
  readonly signal: AbortSignal
  /** Gives the signals back to the system. */
  readonly release: () => void
}

/** Ctrl-C once asks the command to stop; twice ends the program. */
export function abortOnInterrupt(): AbortContext {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt)
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt)
    },
  }
}
