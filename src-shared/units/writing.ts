/** Writes a plain decimal number (`−1234.5`, `2.1e-7`) the way its reader expects it. */
export type NumberWriter = (plain: string) => string

/** Reports, files and the command line keep this; only the window puts another in its place. */
let writer: NumberWriter = (plain) => plain

export function writeNumbersBy(next: NumberWriter): void {
  writer = next
}

/** A plain decimal number as it is shown: with a true minus, and none before zero. */
export function written(plain: string): string {
  return writer(plain.replace(/^-/, '−').replace(/^−([0.]+)$/, '$1'))
}
