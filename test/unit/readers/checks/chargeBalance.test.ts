import { expect, it } from 'vitest'
import { chargeBalance } from '../../../../src-main/readers/checks/chargeBalance.ts'

/** An hour's charge at 1 A, a row a minute, whose counter restarts half way. */
function findings(factor: number) {
  const balance = chargeBalance({ column: 'I' })
  for (let minute = 0; minute <= 60; minute++) {
    const counted = minute <= 30 ? minute / 60 : (minute - 30) / 60
    balance.row({ time: minute * 60, current: factor }, { in: counted, out: null })
  }
  return balance.end()
}

it('finds nothing where current, time and the counted charge agree', () => {
  expect(findings(1)).toEqual([])
})

it.each([0.5, 2, 1000, 0.001, 1e-6])('tells a scale that is off by %d', (factor) => {
  expect(findings(factor)).toMatchObject([{ code: 'charge-balance' }])
})
