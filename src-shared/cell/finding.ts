import type { Repair } from './repair.ts'

/** Something a reader, a check or the domain has to say about its input. `code` is a stable word. */
export interface Finding {
  readonly code: string
  readonly message: string
  /** True for a remark that puts nothing in question. */
  readonly isNote?: boolean
  /** True where the numbers cannot be trusted as they stand: the file waits for a decision. */
  readonly isDoubt?: true
  readonly line?: number
  readonly column?: string
  /** The value that was found there, with its unit. */
  readonly found?: string
  /** What would mend it, one sentence. */
  readonly proposal?: string
  /** What the program does about it once it is accepted. */
  readonly repair?: Repair
}

/** The findings for which a file is held back. */
export function doubtsAmong(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ isDoubt }) => isDoubt === true)
}
