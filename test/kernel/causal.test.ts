import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { readModelPackage } from '../../src-main/checkpoints/modelPackage.ts'
import { crewRoom, leadCrew, startFollowers } from '../../src-main/kernels/crew.ts'
import { directionsOf } from '../../src-main/kernels/directions.ts'
import { createRunner } from '../../src-main/kernels/inference.ts'
import { inferenceMachine } from '../../src-main/kernels/inferenceMachine.ts'
import { trainingMachine } from '../../src-main/kernels/trainingMachine.ts'
import { createAdamState } from '../../src-shared/network/adam.ts'
import { createGradients } from '../../src-shared/network/backward.ts'
import { isCausal, makeCausal } from '../../src-shared/network/causality.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import type { NetworkShape, Parameters } from '../../src-shared/network/shape.ts'
import { gaussians, randomWindows } from './randomWindows.ts'

const gate = { k: 2, alpha: 10 }
const models = join(import.meta.dirname, '../../models')
const running: { terminate(): void }[] = []
afterEach(() => running.splice(0).forEach((followers) => followers.terminate()))

const openedName = 'lstm.bias_ih_l0_reverse'

/**
 * The same network, computed in both directions: an output gate of the backward one is opened, which lets nothing through,
 * for there is nothing behind it.
 */
function opened(parameters: Parameters, { U }: NetworkShape): Parameters {
  const bias = new Float32Array(4 * U)
  bias[3 * U] = 1
  return { ...parameters, [openedName]: bias }
}

/** Every bit, −0 and +0 told apart. */
function bitsOf(values: Readonly<Record<string, Float32Array | Float64Array>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, { buffer, byteOffset, byteLength }]) => [
      name,
      Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    ]),
  )
}

describe('a causal network', () => {
  it('says the same to the bit without its backward direction', async () => {
    const { parameters, manifest } = await readModelPackage(join(models, 'pimoe'))
    const shape = manifest.network
    expect(isCausal(parameters, shape)).toBe(true)
    const [lean, whole] = [createRunner(shape), createRunner(shape)]
    lean.load(parameters)
    whole.load(opened(parameters, shape))
    for (const B of [1, 2, 9, 300]) {
      const input = randomWindows(shape, B, seededRandom(B))
      expect(bitsOf({ ...lean.run(gate, input) })).toEqual(bitsOf({ ...whole.run(gate, input) }))
    }
  })

  it.each([1, 2])('trains to the same bits without it, on %i threads', async (threads) => {
    const shape = { T: 12, V: 9, F: 5, E: 3, U: 22 }
    const parameters = initialParameters(shape, seededRandom(4))
    makeCausal(parameters, shape)
    const lean = await trained(shape, parameters, threads)
    const whole = await trained(shape, opened(parameters, shape), threads)
    expect(lean.directions).toEqual([['forward'], ['forward']])
    expect(whole.directions).toEqual([
      ['forward', 'reverse'],
      ['forward', 'reverse'],
    ])
    expect(isCausal(lean.parameters, shape)).toBe(true)
    expect(lean.bits).toEqual(whole.bits)
  })

  it('is computed whole again where parameters that look back are restored', () => {
    const shape = { T: 3, V: 7, F: 2, E: 3, U: 5 }
    const parameters = initialParameters(shape, seededRandom(4))
    const causal = Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.slice()]))
    makeCausal(causal, shape)
    const input = randomWindows(shape, 3, seededRandom(1))
    const capacityOf = (from: Parameters, then: Parameters): Float64Array => {
      const pass = leadCrew(crewRoom({ shape, gate, B: 3 }, 1)).trainingPass(from)
      pass.restore(then, createAdamState(shape))
      pass.forward(input, null)
      return pass.capacity
    }
    expect(capacityOf(causal, parameters)).toEqual(capacityOf(parameters, parameters))
    expect(capacityOf(parameters, causal)).toEqual(capacityOf(causal, causal))
    expect(capacityOf(causal, causal)).not.toEqual(capacityOf(parameters, parameters))
  })
})

/** What a crew makes of a network in some iterations with weight decay, and how it went about it. */
async function trained(shape: NetworkShape, from: Parameters, threads: number) {
  const B = 40
  const { T, E } = shape
  const random = seededRandom(5)
  const room = crewRoom({ shape, gate, B }, threads)
  running.push(startFollowers(room, () => undefined))
  await setTimeout(threads > 1 ? 300 : 0)
  const crew = leadCrew(room)
  const pass = crew.trainingPass(from)
  const seen: Record<string, string>[] = []
  const gradients = createGradients(shape, B).of
  const [dCapacity, dGate] = [new Float64Array(B * T), new Float64Array(B * E)]
  for (let i = 0; i < 10; i++) {
    pass.forward(randomWindows(shape, B, random), i % 2 === 0 ? gaussians(B * E, random) : null)
    const target = gaussians(B * T, random)
    lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, { B, T, E }, 0.005)
    pass.backward(dCapacity, dGate)
    pass.readGradients(gradients)
    pass.step({ learningRate: 1e-2, weightDecay: 0.02 })
    seen.push(bitsOf({ capacity: pass.capacity, gate: pass.gate, ...gradients }))
  }
  const parameters = Object.fromEntries(Object.entries(from).map(([name, p]) => [name, p.slice()]))
  pass.readParameters(parameters)
  const moments = createAdamState(shape)
  pass.readMoments(moments)
  const answer = crew.forward(parameters, shape, gate, randomWindows(shape, 70, random))
  const { [openedName]: _, ...others } = parameters
  return {
    parameters,
    directions: [trainingMachine(room.training), inferenceMachine(room.inference, 0)].map(directionsOf),
    bits: [...seen, ...[others, moments.first, moments.second, { ...answer }].map(bitsOf)],
  }
}
