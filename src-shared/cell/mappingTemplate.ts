import type { TableMapping } from './mapping.ts'

/** A mapping kept under a name; a file whose headings have its fingerprint is read by it unasked. */
export interface MappingTemplate {
  name: string
  /** Of the headings it was saved for; null where there were none, and so nothing to be recognised by. */
  fingerprint: string | null
  /** Without lines: how long a preamble is differs from file to file. */
  mapping: TableMapping
}
