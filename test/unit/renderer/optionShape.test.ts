import { expect, it } from 'vitest'
import { optionShape } from '../../../src-renderer/charts/optionShape.ts'

const line = { type: 'line', name: 'Estimated', data: [[0, 1]], lineStyle: { width: 2 } } as const

it('is that of another option with other values, points and labels', () => {
  const before = { yAxis: { min: 0, max: 1 }, series: [line] }
  const after = {
    yAxis: { max: 3, min: 2 },
    series: [
      {
        ...line,
        data: [
          [0, 2],
          [1, 3],
        ],
        lineStyle: { width: 1 },
      },
    ],
  }
  expect(optionShape(after)).toBe(optionShape(before))
})

it.each([
  ['a part is gone', { yAxis: { min: 0 }, series: [line] }],
  ['a value is not said', { yAxis: { min: 0, max: undefined }, series: [line] }],
  ['there is a series more', { yAxis: { min: 0, max: 1 }, series: [line, line] }],
  ['a series is of another kind', { yAxis: { min: 0, max: 1 }, series: [{ ...line, type: 'bar' }] }],
  ['a series has another name', { yAxis: { min: 0, max: 1 }, series: [{ ...line, name: 'Extrapolated' }] }],
] as const)('is another where %s', (_, option) => {
  const shape = optionShape({ yAxis: { min: 0, max: 1 }, series: [line] })
  expect(optionShape(option)).not.toBe(shape)
})

it('is the same for dotted and solid, which are values', () => {
  const solid = { series: [{ ...line, lineStyle: { type: 'solid' } }] } as const
  const dotted = { series: [{ ...line, lineStyle: { type: [1, 3] } }] }
  expect(optionShape(dotted)).toBe(optionShape(solid))
})
