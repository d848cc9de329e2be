import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { crewRoom, leadCrew, startFollowers } from '../../src-main/kernels/crew.ts'
import { kernelForward } from '../../src-main/kernels/kernelForward.ts'
import { follow, lead, teamControl } from '../../src-main/kernels/team.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import type { NetworkShape } from '../../src-shared/network/shape.ts'
import { gaussians, randomWindows } from './randomWindows.ts'

const gate = { k: 2, alpha: 10 }
const running: { terminate(): void }[] = []
afterEach(() => running.splice(0).forEach((followers) => followers.terminate()))

/** Parameters after some iterations from one seed, and what that network says of more windows than are asked at once. */
async function trained(shape: NetworkShape, B: number, threads: number) {
  const random = seededRandom(5)
  const room = crewRoom({ shape, gate, B }, threads)
  running.push(startFollowers(room, () => undefined))
  await setTimeout(threads > 1 ? 300 : 0) // most of them are there from the first iteration on
  const crew = leadCrew(room)
  const parameters = initialParameters(shape, random)
  const pass = crew.trainingPass(parameters)
  const { T, E } = shape
  const [dCapacity, dGate] = [new Float64Array(B * T), new Float64Array(B * E)]
  for (let i = 0; i < 10; i++) {
    pass.forward(randomWindows(shape, B, random), i % 2 === 0 ? gaussians(B * E, random) : null)
    const target = gaussians(B * T, random)
    lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, { B, T, E }, 0.005)
    pass.backward(dCapacity, dGate)
    pass.step({ learningRate: 1e-2 })
  }
  pass.readParameters(parameters)
  const input = randomWindows(shape, 300, random)
  return { parameters, input, answer: crew.forward(parameters, shape, gate, input) }
}

describe('a crew', () => {
  it.each([
    { T: 50, V: 50, F: 12, E: 5, U: 64, B: 128 },
    { T: 7, V: 9, F: 5, E: 3, U: 10, B: 100 },
  ])('of 1, 2, 5 or 8 threads trains to the same bits, B=$B U=$U', async ({ B, ...shape }) => {
    const alone = await trained(shape, B, 1)
    expect(alone.answer).toEqual(kernelForward(alone.parameters, shape, gate, alone.input))
    for (const threads of [2, 5, 8]) expect(await trained(shape, B, threads)).toEqual(alone)
  })

  it('takes no more threads than a batch has items', () => {
    const shape = { T: 3, V: 7, F: 2, E: 3, U: 5 }
    expect(crewRoom({ shape, gate, B: 128 }, 64).threads).toBe(8)
    expect(crewRoom({ shape, gate, B: 17 }, 64).threads).toBe(2)
    expect(crewRoom({ shape, gate, B: 1 }, 64).threads).toBe(1)
  })
})

describe('a team', () => {
  it.each([1, 3])('does every item of every phase once, with room for %i threads', (threads) => {
    const done: string[] = []
    const team = lead(teamControl(threads), (phase, item) => done.push(`${phase}.${item}`))
    team.perform(0, 2)
    team.perform(3, 0)
    team.perform(2, 5)
    expect(done.toSorted()).toEqual(['0.0', '0.1', '2.0', '2.1', '2.2', '2.3', '2.4'])
  })

  it('says so when a follower breaks off', () => {
    const control = teamControl(2)
    const fault = new Error('out of memory')
    const breakOff = (): never => {
      throw fault
    }
    // The follower takes its item while the leader is at its own.
    const team = lead(control, () => {
      expect(() => follow(control, breakOff, 1)).toThrow(fault)
    })
    expect(() => team.perform(0, 2)).toThrow(
      expect.objectContaining({ name: 'Failure', code: 'thread-ended' }),
    )
  })
})
