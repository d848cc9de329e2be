import { expect, it } from 'vitest'
import { parseHeading } from '../../../src-main/readers/columns.ts'

it.each([
  ['plain names', 'Time,Voltage,Current', ['Time', 'Voltage', 'Current'], ','],
  ['quoted names', '"Time","Voltage"', ['Time', 'Voltage'], ','],
  [
    'the delimiter within quotes',
    '"Time, s";"Voltage, V";Current',
    ['Time, s', 'Voltage, V', 'Current'],
    ';',
  ],
  ['commas within quoted names between commas', '"Time, s","Voltage, V"', ['Time, s', 'Voltage, V'], ','],
  ['a quotation that never ends', '"Time,Voltage', ['"Time', 'Voltage'], ','],
] as const)('splits a heading of %s', (_, line, names, delimiter) => {
  expect(parseHeading(line)).toEqual({ names, delimiter })
})
