import { expect, it } from 'vitest'
import type {
  RequestInput,
  RequestName,
  RequestOutput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { capacitySurpassed } from '../../src-shared/forecast/endOfLife.ts'
import { divergence } from '../../src-shared/lot/divergence.ts'

interface Asking {
  readonly ask: <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    options?: { progress?: (message: RequestProgress<N>) => void },
  ) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** Cells of the library. */
  readonly cells: () => readonly string[]
}

const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
const cold = { name: 'Kalt', blocks: [{ ...block, temperature_degC: 5 }] }

/** Cells × scenarios, and the groups that stay alike. */
export function comparisonCases({ ask, failure, cells }: Asking): void {
  it('comparisons/run ranks two cells under two plans', async () => {
    const { id } = await ask('scenarios/save', { scenario: { name: 'Gleich', blocks: [block] } })
    const progress: number[] = []
    const [first, second] = cells()
    const { rows } = await ask(
      'comparisons/run',
      { cells: [first, second], scenarios: [id, cold] },
      { progress: ({ done }) => progress.push(done) },
    )
    expect(rows.map(({ cell, scenario }) => [cell, scenario])).toEqual([
      [first, 'Gleich'],
      [first, 'Kalt'],
      [second, 'Gleich'],
      [second, 'Kalt'],
    ])
    expect(progress).toEqual([1, 2, 3, 4])
    expect(rows.map((row) => row.rank)).toContain(1)
    const alone = await ask('assessments/preview', { cell: second, scenario: cold })
    expect(rows[3].assessment).toEqual(alone)
    await ask('scenarios/remove', { id })
  })

  it('comparisons/run tells cycles to every threshold, and what the ranking rests on', async () => {
    const asked = { cells: [...cells()], scenarios: [cold], thresholds: [0.95, 0.8, 0.4] }
    const told = await ask('comparisons/run', { ...asked, confidence: 'p20', rankedBy: 'health' })
    expect(told).toMatchObject({ confidence: 'p20', rankedBy: 'health' })
    for (const { crossings, surpassed, assessment } of told.rows) {
      expect(crossings.map(({ threshold }) => threshold)).toEqual([0.95, 0.8, 0.4])
      expect(crossings[1]).toEqual(assessment!.endOfLife)
      const left = capacitySurpassed(assessment!.trajectory.at(-1)!, 'p20')!
      expect(surpassed!.stateOfHealth).toBeCloseTo(left / assessment!.nominalCapacity_Ah, 12)
    }
    const best = told.rows.find(({ rank }) => rank === 1)!.surpassed!.stateOfHealth
    for (const { surpassed } of told.rows) expect(surpassed!.stateOfHealth).toBeLessThanOrEqual(best)
  })

  it('comparisons/match groups the cells that differ least', async () => {
    const [first, second, third] = cells()
    const asked = { cells: [first, second, third], scenario: cold }
    const { rows } = await ask('comparisons/run', { cells: asked.cells, scenarios: [cold] })
    const futures = rows.map(({ assessment }) =>
      Float64Array.from(
        assessment!.trajectory,
        ({ capacity_Ah }) => capacity_Ah / assessment!.nominalCapacity_Ah,
      ),
    )
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(([a, b]) => ({ pair: [a, b], apart: divergence(futures[a], futures[b]) }))
    const closest = pairs.toSorted((a, b) => a.apart - b.apart)[0]
    const { groups, left, scenario, measure } = await ask('comparisons/match', { ...asked, size: 2 })
    expect(groups).toHaveLength(1)
    expect(groups[0].members.map(({ cell }) => cell)).toEqual(closest.pair.map((i) => asked.cells[i]))
    expect(groups[0].divergence).toBeCloseTo(closest.apart, 12)
    expect(groups[0].simulated).toBe(true)
    expect(left).toHaveLength(1)
    expect(scenario).toBe('Kalt')
    expect(measure).toContain('state of health')
    expect(await failure('comparisons/match', { ...asked, size: 4 })).toMatchObject({
      kind: 'usage',
      code: 'group-too-large',
    })
  })
}
