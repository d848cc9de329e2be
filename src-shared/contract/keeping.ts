import type { Finding } from '../cell/finding.ts'

/** One file that holds the whole library: its database, the quarantined bytes, its models, batches and signing key. */
export interface LibraryBackup {
  readonly schema: 'pimoe-backup/1'
  readonly file: string
  readonly bytes: number
  readonly cells: number
  /** Files of the library's folder that it carries beside the database. */
  readonly files: number
}

export interface LibraryRestored {
  readonly schema: 'pimoe-restore/1'
  readonly library: string
  /** The backup that was put back. */
  readonly file: string
  /** Where the library as it was before is kept; null where there was none. */
  readonly aside: string | null
  readonly cells: number
}

export interface LibraryCheck {
  readonly schema: 'pimoe-library-check/1'
  readonly library: string
  readonly cells: number
  /** Of the database. */
  readonly bytes: number
  readonly isSound: boolean
  readonly checks: readonly {
    readonly name: 'database' | 'references' | 'log' | 'quarantine' | 'models'
    /** Pages, tables, entries, files and packages looked at. */
    readonly examined: number
    readonly problems: readonly string[]
  }[]
  /** What is to be said of the folder: synchronised, or on the network. */
  readonly place: Finding[]
}

/** Pages copied of all. */
export interface BackupProgress {
  readonly done: number
  readonly total: number
}
