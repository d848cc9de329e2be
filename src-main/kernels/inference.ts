import type {
  GateConstants,
  NetworkInput,
  NetworkOutput,
  NetworkShape,
  Parameters,
} from '../../src-shared/network/shape.ts'
import { isCausal } from '../../src-shared/network/causality.ts'
import { leaveOutReverse } from './directions.ts'
import {
  inferenceMachine,
  inferenceRoom,
  mostRows,
  rowsPerItem,
  type InferenceMachine,
} from './inferenceMachine.ts'
import { packWeights } from './packWeights.ts'
import { tensorPlaces, toBlock } from './parameterBlock.ts'
import { lead, teamControl, type Team } from './team.ts'
import { phases, workOf } from './work.ts'

/** Room for one network: memory laid out once, nothing allocated but the answer. */
export interface NetworkRunner {
  /** Packs a network's weights. */
  load(parameters: Parameters): void
  /**
   * What the loaded network says of B windows, without training noise. Bit-identical on every machine, in every batch and
   * with any number of threads.
   */
  run(gate: GateConstants, input: NetworkInput): NetworkOutput
}

/** A runner on the calling thread alone. Method: PIMOE, arXiv 2506.17755. */
export function createRunner(shape: NetworkShape): NetworkRunner {
  const machine = inferenceMachine(inferenceRoom(shape, 1), 0)
  return teamRunner(machine, lead(teamControl(1), workOf({ inference: machine })))
}

/** A runner that a team computes: `team` is led by this thread and knows the machine's work. */
export function teamRunner(machine: InferenceMachine, team: Team): NetworkRunner {
  const { floats, doubles, shape, layout, places } = machine
  const tensors = tensorPlaces(shape)
  return {
    load(parameters) {
      const first = places.parameters >> 2
      toBlock(floats.subarray(first, first + layout.length), tensors, parameters)
      leaveOutReverse(machine, isCausal(parameters, shape))
      packWeights(machine)
    },
    run(gate, input) {
      const output = emptyOutput(shape, input.B)
      for (let first = 0; first < input.B; first += mostRows) {
        const B = Math.min(mostRows, input.B - first)
        doubles.set([B, gate.k, gate.alpha], places.asked >> 3)
        load(machine, input, first, B)
        team.perform(phases.inference, Math.ceil(B / rowsPerItem))
        keep(output, machine, first, B)
      }
      return output
    },
  }
}

function emptyOutput({ T, E }: NetworkShape, B: number): NetworkOutput {
  return {
    capacity: new Float32Array(B * T),
    gateLogits: new Float32Array(B * E),
    gateWeights: new Float32Array(B * E),
    trend: new Float32Array(B * T),
  }
}

function load(
  { floats, shape, places }: InferenceMachine,
  input: NetworkInput,
  first: number,
  B: number,
): void {
  const { T, V, F } = shape
  const rows = (values: Float32Array, width: number) => values.subarray(first * width, (first + B) * width)
  floats.set(rows(input.curve, V), places.curve >> 2)
  floats.set(rows(input.features, F), places.features >> 2)
  floats.set(rows(input.use, T * 3), places.use >> 2)
  const steps = places.steps >> 2
  if (input.steps === undefined) floats.fill(T, steps, steps + B)
  else floats.set(input.steps.subarray(first, first + B), steps)
}

function keep(output: NetworkOutput, machine: InferenceMachine, first: number, B: number): void {
  const { floats, doubles, shape, places } = machine
  const { T, E } = shape
  const single = (at: number) => floats.subarray(at >> 2, (at >> 2) + B * T)
  const double = (at: number) => doubles.subarray(at >> 3, (at >> 3) + B * E)
  output.capacity.set(single(places.capacity), first * T)
  output.trend.set(single(places.trend), first * T)
  output.gateLogits.set(double(places.logits), first * E)
  output.gateWeights.set(double(places.gate), first * E)
}
