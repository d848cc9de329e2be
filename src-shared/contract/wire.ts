/** A failure on the wire; `bug` means: not the user's doing. */
export interface WireError {
  kind: 'usage' | 'refused' | 'not-determinable' | 'cancelled' | 'bug'
  code: string
  message: string
  advice: string
  file?: string
  line?: number
  column?: string
  found?: string
}

/** What crosses any transport, one message at a time. `id` is chosen by the asking side. */
export type WireRequest = { id: number; name: string; input: unknown } | { id: number; cancel: true }
export type WireAnswer =
  { id: number; progress: unknown } | { id: number; output: unknown } | { id: number; error: WireError }
