/**
 * What a column of a table can hold: `stepTime` restarts with every step, `clock` is the wall clock, `capacity` serves
 * charge and discharge in one column, `step` numbers the steps, `state` tells charge from discharge in words.
 */
export const quantities = [
  'time',
  'stepTime',
  'clock',
  'voltage',
  'current',
  'chargeCapacity',
  'dischargeCapacity',
  'capacity',
  'cycle',
  'step',
  'state',
  'temperature',
] as const
export type Quantity = (typeof quantities)[number]

export type Dimension = 'time' | 'voltage' | 'current' | 'charge' | 'temperature'

/** The units that a column's can be stated in; `hh:mm:ss` is a clock of elapsed time. */
export const writtenUnits: Readonly<Record<Dimension, readonly string[]>> = {
  time: ['s', 'ms', 'min', 'h', 'd', 'hh:mm:ss'],
  voltage: ['V', 'mV', 'µV'],
  current: ['A', 'mA', 'µA'],
  charge: ['Ah', 'mAh', 'µAh', 'As', 'mAs'],
  temperature: ['°C'],
}

/** What a quantity's unit measures; null where its cells are words, counts or dates. */
export const dimensions: Readonly<Record<Quantity, Dimension | null>> = {
  time: 'time',
  stepTime: 'time',
  clock: null,
  voltage: 'voltage',
  current: 'current',
  chargeCapacity: 'charge',
  dischargeCapacity: 'charge',
  capacity: 'charge',
  cycle: null,
  step: null,
  state: null,
  temperature: 'temperature',
}

/** `state`: currents are written without a sign, and the state's column says which of them discharge. */
export const currentSigns = ['charge-positive', 'discharge-positive', 'state'] as const
export type CurrentSign = (typeof currentSigns)[number]

export interface MappedColumn {
  /** The heading as the file writes it, or the column's place, counted from 1. */
  column: string | number
  /** Absent or null: what the heading says. */
  unit?: string | null
}

export type MappedColumns = Partial<Record<Quantity, MappedColumn | null>>

/**
 * How a delimited text or a sheet is to be read. What is absent is found in the file; reading tells the whole mapping
 * it went by. Lines count from 1 in the file, or in the sheet.
 */
export interface TableMapping {
  /** By its name on the web: utf-8, windows-1252, shift_jis. */
  encoding?: string
  /** Of a workbook. */
  sheet?: string
  /** One character; a blank stands for any run of blanks. */
  delimiter?: string
  decimal?: '.' | ','
  /** Null where the table has no headings. */
  headingLine?: number | null
  /** Lines between the headings and this one are left out. */
  firstRow?: number
  /** Which comes first in dates such as 05/06/2026. */
  dateOrder?: 'day' | 'month'
  /** Of the wall clock, as in Europe/Berlin; absent: the clock never changed. */
  zone?: string
  currentSign?: CurrentSign
  /** What the state's column says when the cell discharges; absent: the usual words. */
  dischargeStates?: string[]
  /** Null: the quantity is not read, whatever a heading says. */
  columns?: MappedColumns
}
