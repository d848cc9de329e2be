/** Days since 30 December 1899 as a date whose UTC clock is the wall clock, to the millisecond. */
export function excelDate(serial_days: number): Date {
  return new Date(Math.round((serial_days - 25_569) * 86_400_000))
}
