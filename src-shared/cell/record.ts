/** What the cycler was doing in a row, as the file says it or the signals show it. */
export const stepModes = ['rest', 'constant-current charge', 'constant-voltage charge', 'discharge'] as const
export type StepMode = (typeof stepModes)[number]

/**
 * A measurement file in the program's own units: parallel columns of equal length N.
 *
 * time s, never decreasing · voltage V · current A, charge positive · chargeCapacity and dischargeCapacity Ah since the
 * start of the cycle · cycle the cycler's own number · mode an index into `stepModes`.
 */
export interface CyclerRecord {
  readonly time: Float64Array
  readonly voltage: Float64Array
  readonly current: Float64Array
  readonly chargeCapacity: Float64Array
  readonly dischargeCapacity: Float64Array
  readonly cycle: Int32Array
  readonly mode: Uint8Array
}
