/** Something a reader, a check or the domain has to say about its input. `code` is a stable word. */
export interface Finding {
  readonly code: string
  readonly message: string
  /** True for a remark that puts nothing in question. */
  readonly isNote?: boolean
  readonly line?: number
  readonly column?: string
  /** What would mend it, one sentence. */
  readonly proposal?: string
}
