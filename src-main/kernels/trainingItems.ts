import type { Direction } from '../../src-shared/network/lstm.ts'
import { padded, wide } from './arena.ts'
import { directionsOf } from './directions.ts'
import type { TrainingMachine } from './trainingMachine.ts'

// A training step falls into three phases of items. A window's answer and its gradients depend on its own row alone; a
// parameter's gradient is one sum over all rows, in their order, by one thread. So the bits do not depend on the threads.

/** Item 0 of the gradient phase is all but the recurrent weights. */
export function gradientItemsOf({ weightItems }: TrainingMachine): number {
  return 1 + weightItems
}

interface Rows {
  readonly first: number
  readonly count: number
}

function rowsOf({ B, rowsPerItem }: TrainingMachine, item: number): Rows {
  const first = item * rowsPerItem
  return { first, count: Math.min(rowsPerItem, B - first) }
}

/** Bytes before the gates of a step and the item that starts with row `first`; each item has room for all its rows. */
function gatesAt({ shape, B, rowsPerItem }: TrainingMachine, step: number, first: number): number {
  return 16 * padded(shape.U) * (step * rowsPerItem * Math.ceil(B / rowsPerItem) + first)
}

function isNoisy({ doubles, places }: TrainingMachine): boolean {
  return doubles[places.isNoisy >> 3] === 1
}

/** Capacity and gate of an item's windows, and what the backward phase needs of them. */
export function forwardItem(machine: TrainingMachine, item: number): void {
  const { kernels, floats, shape, gate, layout, places, parameter } = machine
  const { T, V, F, E } = shape
  const rows = rowsOf(machine, item)
  const { first, count } = rows
  const experts = padded(E * T)
  const gates = 8 * first * E
  const expert = places.expert + 8 * first * wide(experts)
  const curve = places.curve + 4 * first * padded(V)
  const [bias, router] = [parameter(layout.expertBias), parameter(layout.router)]
  kernels.runExperts(expert, curve, places.packedExperts, bias, count, experts, V, padded(V))
  const [clean, logits, features] = [
    places.clean + gates,
    places.logits + gates,
    places.features + 4 * first * F,
  ]
  const routed = isNoisy(machine) ? clean : logits
  kernels.route(routed, features, router, parameter(layout.routerBias), count, F, E)
  if (isNoisy(machine)) {
    const epsilon = places.epsilon + 4 * first * E
    kernels.addNoise(logits, places.raw + gates, clean, epsilon, parameter(layout.noise), count, E)
  }
  const [weights, share, mask] = [places.gate + gates, places.share + gates, places.mask + gates]
  kernels.gateForward(weights, share, mask, logits, gate.k, gate.alpha, count, E)
  kernels.mix(places.trend + 4 * first * T, weights, expert, count, E, T, wide(experts))
  const capacity = (places.capacity >> 2) + first * T
  floats.fill(floats[(places.parameters >> 2) + layout.outputBias], capacity, capacity + count * T)
  for (const name of directionsOf(machine)) recurForward(machine, name, rows)
}

function recurForward(machine: TrainingMachine, name: Direction, { first, count }: Rows): void {
  const { kernels, shape, B, layout, places, parameter } = machine
  const { T } = shape
  const U = padded(shape.U)
  const own = places[name]
  const group = 16 * machine.rowsPerItem
  const [trend, use] = [places.trend + 4 * first * T, places.use + 12 * first * T]
  const capacity = places.capacity + 4 * first * T
  for (let step = 0; step < T; step++) {
    const t = name === 'forward' ? step : T - 1 - step
    const row = step * B + first
    const now = own.hx + 4 * row * (U + 4)
    const next = now + 4 * B * (U + 4)
    const gates = own.gates + gatesAt(machine, step, first)
    const before = own.memory + 4 * row * U
    const after = before + 4 * B * U
    const squashed = own.memoryTanh + 4 * row * U
    kernels.fillInputs(now, trend, use, t, count, T, U)
    kernels.lstmStepKept(next, gates, after, squashed, before, now, own.packed, own.bias, count, U, group)
    kernels.addOutput(capacity, parameter(layout[name].output), next, t, count, T, U)
  }
}

/** From the loss's gradients to those of an item's gates before activation, experts and logits. */
export function backwardItem(machine: TrainingMachine, item: number): void {
  const { kernels, floats, shape, gate, places } = machine
  const { T, E } = shape
  const rows = rowsOf(machine, item)
  const { first, count } = rows
  const experts = padded(E * T)
  const dTrend = places.dTrend + 4 * first * T
  floats.fill(0, dTrend >> 2, (dTrend >> 2) + count * T)
  for (const name of directionsOf(machine)) recurBackward(machine, name, rows)
  const gates = 8 * first * E
  const [dGate, weights] = [places.dGate + gates, places.gate + gates]
  const dExpert = places.dExpert + 4 * first * experts
  const expert = places.expert + 8 * first * wide(experts)
  kernels.mixBackward(dGate, dExpert, dTrend, weights, expert, count, E, T, wide(experts), experts)
  const [share, mask] = [places.share + gates, places.mask + gates]
  kernels.gateBackward(dGate, dGate, weights, share, mask, gate.alpha, count, E)
}

function recurBackward(machine: TrainingMachine, name: Direction, { first, count }: Rows): void {
  const { kernels, floats, shape, B, layout, places, parameter } = machine
  const { T } = shape
  const U = padded(shape.U)
  const K = U + 4
  const own = places[name]
  const group = 16 * machine.rowsPerItem
  const [dHx, dMemory] = [places.dHx + 4 * first * K, places.dMemory + 4 * first * U]
  const dTrend = places.dTrend + 4 * first * T
  const output = parameter(layout[name].output)
  floats.fill(0, dHx >> 2, (dHx >> 2) + count * K)
  floats.fill(0, dMemory >> 2, (dMemory >> 2) + count * U)
  for (let step = T - 1; step >= 0; step--) {
    const t = name === 'forward' ? step : T - 1 - step
    const row = step * B + first
    const gates = own.gates + gatesAt(machine, step, first)
    const before = own.memory + 4 * row * U
    const squashed = own.memoryTanh + 4 * row * U
    const d = places.dCapacityByStep + 4 * (t * B + first)
    kernels.lstmStepBackward(gates, dMemory, dHx, d, output, squashed, before, count, U, group)
    kernels.multiply(dHx, gates, own.packedBack, count, K, 4 * U, group, K)
    kernels.addTrendGradient(dTrend, dHx, t, count, T, U)
  }
}

/** Adds to the gradients of an item's parameters, over all windows. */
export function gradientItem(machine: TrainingMachine, item: number): void {
  if (item === 0) return addOtherGradients(machine)
  const directions = directionsOf(machine)
  const parts = machine.weightItems / directions.length
  addWeightGradients(machine, directions[Math.floor((item - 1) / parts)], { part: (item - 1) % parts, parts })
}

function addWeightGradients(
  machine: TrainingMachine,
  name: Direction,
  { part, parts }: { part: number; parts: number },
): void {
  const { kernels, floats, shape, B, rowsPerItem, layout, places, gradient } = machine
  const { T } = shape
  const U = padded(shape.U)
  const K = U + 4
  const own = places[name]
  const { weight, inputBias, hiddenBias } = layout[name]
  const first = Math.floor((U * part) / 4 / parts)
  const end = Math.floor((U * (part + 1)) / 4 / parts)
  const blockFloats = 4 * U * rowsPerItem
  for (let step = T - 1; step >= 0; step--) {
    const hx = own.hx + 4 * step * B * K
    for (let group = first; group < end; group++) {
      const gates = own.gates + gatesAt(machine, step, 0) + 64 * group * rowsPerItem
      const [dWeight, dBias] = [gradient(weight) + 64 * group * K, gradient(inputBias) + 64 * group]
      kernels.addOuter(dWeight, gates, hx, 16, K, B, 16, K, rowsPerItem, blockFloats)
      kernels.addColumnSums(dBias, gates, B, 16, rowsPerItem, blockFloats)
    }
  }
  const from = gradient(inputBias) >> 2
  floats.copyWithin((gradient(hiddenBias) >> 2) + 16 * first, from + 16 * first, from + 16 * end)
}

function addOtherGradients(machine: TrainingMachine): void {
  const { kernels, shape, B, layout, places, parameter, gradient } = machine
  const { T, V, F, E } = shape
  const experts = padded(E * T)
  const { dExpert, curve, dGate, raw, clean, epsilon, scratch } = places
  for (const name of directionsOf(machine)) addOutputGradients(machine, name)
  kernels.addOuter(gradient(layout.experts), dExpert, curve, experts, padded(V), B, experts, padded(V), B, 0)
  kernels.addColumnSums(gradient(layout.expertBias), dExpert, B, experts, B, 0)
  if (isNoisy(machine)) {
    const [dNoise, noise] = [gradient(layout.noise), parameter(layout.noise)]
    kernels.noiseBackward(dGate, dNoise, raw, clean, epsilon, noise, scratch, B, E)
  }
  kernels.routeBackward(gradient(layout.router), gradient(layout.routerBias), dGate, places.features, B, F, E)
}

function addOutputGradients(machine: TrainingMachine, name: Direction): void {
  const { kernels, shape, B, layout, places, gradient } = machine
  const { T } = shape
  const U = padded(shape.U)
  for (let step = T - 1; step >= 0; step--) {
    const t = name === 'forward' ? step : T - 1 - step
    const hidden = places[name].hx + 4 * (step + 1) * B * (U + 4)
    kernels.addOutputGradient(gradient(layout[name].output), places.dCapacityByStep + 4 * t * B, hidden, B, U)
  }
}
