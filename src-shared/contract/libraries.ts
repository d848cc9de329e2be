/** A library that was opened lately, is the default one, or was chosen for the next start. */
export interface ListedLibrary {
  readonly folder: string
  /** ISO time; null where it was not opened yet, or not lately. */
  readonly openedAt: string | null
  readonly isDefault: boolean
  readonly isThere: boolean
}

/** The library that the window shows, and the others it could show, newest first. */
export interface Libraries {
  readonly open: ListedLibrary
  readonly others: readonly ListedLibrary[]
  /** Whether PIMOE_LIBRARY names the library, so that no other can be opened from the window. */
  readonly isNamed: boolean
  /** The library that was to be opened at the start and was not there; null where none was. */
  readonly gone: string | null
}
