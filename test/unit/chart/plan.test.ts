import { describe, expect, it } from 'vitest'
import { planReading, planSpan, type PlanQuestion } from '../../../src-shared/chart/plan.ts'
import { planTrajectoryOption } from '../../../src-shared/chart/planTrajectory.ts'
import { lightTheme } from '../../../src-shared/chart/theme.ts'
import type { Manifest } from '../../../src-shared/forecast/package.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'
import { sampleManifest } from '../../fixtures/report.ts'

const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }

/** Trained at 0.5 C and 25 or 45 °C, at 0.25 C and 25 °C only. */
function manifestOf({ hasChangingUse = true } = {}): Manifest {
  const manifest = sampleManifest()
  const condition = { name: 'a', charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25, cells: 13 }
  return {
    ...manifest,
    domain: {
      ...manifest.domain!,
      hasChangingUse,
      conditions: [
        condition,
        { ...condition, temperature_degC: 45, cells: 21 },
        { ...condition, charge_rate: 0.25, cells: 4 },
      ],
    },
  }
}

function read(blocks: PlanQuestion['scenario']['blocks'], change: Partial<PlanQuestion> = {}) {
  const scenario = { name: 'a', blocks }
  return planReading({
    scenario,
    span: planSpan(scenario, 50),
    manifest: manifestOf(),
    assessment: null,
    refusal: null,
    ...change,
  })
}

describe('a plan on what was trained', () => {
  it('places the blocks one after the other and holds the last', () => {
    const { blocks } = read([block, { ...block, cycles: 15 }])
    expect(blocks.map(({ from, to, drawnTo }) => [from, to, drawnTo])).toEqual([
      [0, 20, 20],
      [20, 35, 50],
    ])
  })

  it('says of each block whether it was trained, and names the nearest that was', () => {
    const { blocks } = read([
      block,
      { ...block, temperature_degC: 32 },
      { ...block, discharge_rate: 3 },
      { ...block, charge_rate: 0.25, temperature_degC: 45 },
    ])
    expect(blocks.map(({ reach }) => reach)).toEqual(['inside', 'extrapolated', 'far', 'extrapolated'])
    expect(blocks[0].reason).toBe('Trained: 13 cells went through this use.')
    expect(blocks[1].reason).toContain('32 °C was not trained; the nearest trained one is')
  })

  it('marks the values that lead outside; values trained apart are all marked', () => {
    const outside = ({ lanes }: ReturnType<typeof read>['blocks'][number]) =>
      Object.values(lanes).map(({ isOutside }) => isOutside)
    const { blocks } = read([
      block,
      { ...block, temperature_degC: 60 },
      { ...block, charge_rate: 0.25, temperature_degC: 45 },
    ])
    expect(blocks.map(outside)).toEqual([
      [false, false, false],
      [false, false, true],
      [true, true, true],
    ])
  })

  it('shows what was trained together with the rest of the block, and not between', () => {
    const { trained, blocks } = read([block, { ...block, charge_rate: 0.25 }])
    expect(trained.temperature_degC).toEqual([
      { low: 22, high: 28 },
      { low: 42, high: 48 },
    ])
    expect(blocks[0].lanes.temperature_degC.together).toEqual(trained.temperature_degC)
    expect(blocks[1].lanes.temperature_degC.together).toEqual([{ low: 22, high: 28 }])
  })

  it('takes a change of use for an extrapolation where no trained cell went through one', () => {
    const blocks = [block, { ...block, temperature_degC: 45 }]
    const reaches = (manifest: Manifest) => read(blocks, { manifest }).blocks.map(({ reach }) => reach)
    expect(reaches(manifestOf())).toEqual(['inside', 'inside'])
    expect(reaches(manifestOf({ hasChangingUse: false }))).toEqual(['inside', 'extrapolated'])
  })

  it('follows the answer: extrapolated steps, steps beyond it, and a refusal', () => {
    const blocks = [block, { ...block, cycles: 40 }, block]
    const assessment = sampleAssessment({ horizon: 50, extrapolatedFrom: 20 })
    expect(read(blocks, { assessment }).blocks.map(({ reach }) => reach)).toEqual([
      'inside',
      'extrapolated',
      'beyond',
    ])
    const refusal = 'The model does not know LFP.'
    for (const { reach, reason } of read(blocks, { refusal }).blocks)
      expect([reach, reason]).toEqual(['refused', refusal])
    expect(read(blocks, { manifest: null }).blocks[0].reach).toBe('unknown')
  })

  it('leaves room on every scale for an edge to be dragged to', () => {
    const { scale } = read([{ ...block, discharge_rate: 2, temperature_degC: -5 }])
    expect(scale.discharge_rate).toEqual({ low: 0, high: 3 })
    expect(scale.temperature_degC.low).toBeLessThan(-5)
  })
})

describe('the trajectory under a plan', () => {
  it('lies on the timeline’s axis, and covers what it was before', () => {
    const [assessment, before] = [sampleAssessment({ seed: 3 }), sampleAssessment({ seed: 7 })]
    const option = planTrajectoryOption(
      { assessment, others: [], before, span: 80, edges: [20, 80] },
      lightTheme,
    )
    expect(option.xAxis).toMatchObject({ min: 0, max: 80 })
    const { min, max } = option.yAxis as { min: number; max: number }
    for (const { low_Ah, high_Ah } of before.trajectory) {
      expect(low_Ah).toBeGreaterThan(min)
      expect(high_Ah).toBeLessThan(max)
    }
    expect(JSON.stringify(option.series)).toContain('{"xAxis":20}')
    expect(JSON.stringify(option.series)).not.toContain('{"xAxis":80}')
  })
})
