import { describe, expect, it } from 'vitest'
import { completePackage } from '../../../../src-main/checkpoints/modelPackage.ts'
import { evaluate } from '../../../../src-main/training/judging/evaluate.ts'
import { jointPackage } from '../../forecast/fixtures.ts'
import { toyCell } from '../toyCells.ts'

const { manifest, parameters } = jointPackage({ domain: null })
const legacy = { ...manifest, input: { ...manifest.input, kind: 'legacy' as const } }
const model = completePackage({ manifest: legacy, parameters })

/** Windows of 12 steps in 20 rows, one row unreadable. */
function judged(condition: string, unreadable: number) {
  const cell = toyCell({ number: 1, role: 'test', cycles: 20, condition })
  const cycles = cell.cycles.map((cycle, row) =>
    row === unreadable ? { ...cycle, chargeCurve: null } : cycle,
  )
  const [{ windows, refused }] = evaluate({
    package: model,
    cells: [{ ...cell, cycles }],
    horizon: 12,
  }).conditions
  return { windows, refused }
}

describe('the windows judged', () => {
  it.each([
    { condition: 'UL', first: 0, last: 7 },
    { condition: 'LSD', first: 1, last: 8 },
  ])('are those of rows $first to $last of 20 for horizon 12 in $condition', ({ condition, first, last }) => {
    const whole = { windows: 8, refused: 0 }
    const lacking = { windows: 7, refused: 1 }
    expect([first - 1, first, last, last + 1].map((row) => judged(condition, row))).toEqual([
      whole,
      lacking,
      lacking,
      whole,
    ])
  })
})
