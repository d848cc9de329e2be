import { availableParallelism } from 'node:os'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import type { Crew } from '../kernels/crew.ts'
import { withCrew } from './benchCrew.ts'
import {
  benchShape as shape,
  benchTrainBatch as B,
  gaussians,
  medianTime,
  randomInput,
} from './benchProblem.ts'

/** Median time of a training step, ms: forward, loss, backward and Adam; of three times as many as `runs`. */
export async function trainStepTime(crew: Crew, runs: number): Promise<number> {
  const random = seededRandom(1)
  const { T, E } = shape
  const input = randomInput(shape, B, random)
  const target = gaussians(B * T, random)
  const epsilon = gaussians(B * E, random)
  const pass = crew.trainingPass(initialParameters(shape, random))
  const dCapacity = new Float64Array(B * T)
  const dGate = new Float64Array(B * E)
  const step = (): void => {
    pass.forward(input, epsilon)
    lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, { B, T, E })
    pass.backward(dCapacity, dGate)
    pass.step({ learningRate: 1e-3 })
  }
  // Each thread compiles on its own what it does often.
  return medianTime(3 * runs, step, 2 * runs)
}

export interface CurvePoint {
  readonly threads: number
  readonly ms: number
  /** Modelled where the machine has fewer cores. */
  readonly source: 'measured' | 'modelled'
}

/** The training step on 1, 2, 4 and 8 threads. With one core there is nothing to model from: that point alone. */
export async function threadCurve(runs: number, cores = availableParallelism()): Promise<CurvePoint[]> {
  const points: CurvePoint[] = []
  for (const threads of [1, 2, 4, 8]) {
    if (threads > cores) break
    const ms = await withCrew(threads, (crew) => trainStepTime(crew, runs))
    points.push({ threads, ms, source: 'measured' })
  }
  const [one, two] = points
  if (points.length < 2) return points
  const { serial, parallel } = fitThreadModel(one.ms, two.ms)
  const beyond = [4, 8].slice(points.length - 2)
  return [
    ...points,
    ...beyond.map((threads) => ({ threads, ms: serial + parallel / threads, source: 'modelled' as const })),
  ]
}

/** Time on n threads = serial + parallel / n (Amdahl 1967), through the times on one and on two. */
export function fitThreadModel(one_ms: number, two_ms: number): { serial: number; parallel: number } {
  const parallel = Math.min(one_ms, Math.max(0, 2 * (one_ms - two_ms)))
  return { serial: one_ms - parallel, parallel }
}
