import { note } from './journal.ts'

export interface InvokeEvent {
  sender: unknown
  senderFrame: { url: string; parent: null }
}

type Handler = (event: InvokeEvent, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    note('handle', channel)
    handlers.set(channel, handler)
  },
}

/** What crosses back to the page: the value, or the text of the error as Electron words it. */
export type InvokeResult = { value: unknown } | { error: string }

export async function invoke(event: InvokeEvent, channel: string, args: unknown[]): Promise<InvokeResult> {
  try {
    const handler = handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return { value: structuredClone(await handler(event, ...args)) }
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${String(error)}` }
  }
}
