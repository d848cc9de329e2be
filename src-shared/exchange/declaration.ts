/** What a battery passport or another laboratory says of a battery; nothing here was measured by this program. */
export interface DeclaredValue {
  readonly name: string
  readonly value: number | string
  readonly unit: string | null
  /** When the source says it was so. */
  readonly date: string | null
  /** Where in the file it stands: keys joined by dots. */
  readonly source: string
}

/** A file of declared data that was taken into the library. */
export interface Declaration {
  /** The file's name, without its folder. */
  readonly file: string
  readonly sha256: string
  readonly format: string
  readonly takenAt: string
  readonly values: readonly DeclaredValue[]
}
