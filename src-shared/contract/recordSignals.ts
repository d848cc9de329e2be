/** What the library keeps of a record's signals for the plot. */
export interface RecordSignals {
  readonly fileName: string
  /** Null for files without a time series. */
  readonly preview: {
    /** Rows that were measured; at most 3002 of them are here, every peak of voltage and current among them. */
    readonly rows: number
    readonly time_s: number[]
    readonly voltage_V: number[]
    readonly current_A: number[]
    /** Null where the file tells none. */
    readonly temperature_degC: (number | null)[] | null
    /** From when to when the cycle that was asked for lasts; null where it is the whole record. */
    readonly used_s: { readonly from: number; readonly to: number } | null
  } | null
}
