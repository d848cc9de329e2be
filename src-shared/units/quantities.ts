// A type says the unit; values are plain numbers. Conversion happens in readers (in) and labels (out), nowhere else.

export type AmpereHour = number
export type WattHour = number
export type Volt = number
export type Ampere = number
export type Celsius = number
/** Current relative to the rated capacity: 1 C empties a full cell in one hour. */
export type CRate = number
/** 0 … 1; percent only in labels. */
export type Fraction = number
