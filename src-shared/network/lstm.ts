import { addColumnSums, addProductABt, addProductAtB, block, fillRows, transpose } from './matrix.ts'

/** Width of the recurrent input: trend, charge, discharge, temperature. */
export const recurrentInputs = 4

export interface LstmShape {
  readonly T: number
  readonly B: number
  readonly U: number
}

/** One direction's weights, gate order i f g o. */
export interface LstmWeights {
  /** (4U,4) */
  readonly inputWeight: Float64Array
  /** (4U,U) */
  readonly hiddenWeight: Float64Array
  /** (4U) two bias vectors, as published; only their sum acts. */
  readonly inputBias: Float64Array
  readonly hiddenBias: Float64Array
}

/** What one direction computes and its backward needs again; time runs over the slowest axis. */
export interface LstmState {
  readonly hidden: Float64Array // (T,B,U)
  readonly memory: Float64Array // (T,B,U), usually called c
  readonly memoryTanh: Float64Array // (T,B,U)
  readonly gates: Float64Array // (T,B,4U) after their activations
  readonly bias: Float64Array // (4U)
  readonly dGates: Float64Array // (T,B,4U) before their activations
  readonly dHidden: Float64Array // (B,U) running gradient, and its memory twin
  readonly dMemory: Float64Array // (B,U)
  readonly hiddenWeightTransposed: Float64Array // (U,4U)
}

export function createLstmState({ T, B, U }: LstmShape): LstmState {
  return {
    hidden: new Float64Array(T * B * U),
    memory: new Float64Array(T * B * U),
    memoryTanh: new Float64Array(T * B * U),
    gates: new Float64Array(T * B * 4 * U),
    bias: new Float64Array(4 * U),
    dGates: new Float64Array(T * B * 4 * U),
    dHidden: new Float64Array(B * U),
    dMemory: new Float64Array(B * U),
    hiddenWeightTransposed: new Float64Array(4 * U * U),
  }
}

/** `reverse` reads the future first: the layer is bidirectional, so a change planned late alters early steps. */
export type Direction = 'forward' | 'reverse'

/**
 * gates[t]  = x[t] · W_ihᵀ + b_ih + h[t′] · W_hhᵀ + b_hh,   t′ the step before t in this direction
 * i,f,g,o   = σ, σ, tanh, σ of its four parts
 * c[t]      = f · c[t′] + i · g
 * h[t]      = o · tanh(c[t])
 *
 * x (T,B,4), h and c (T,B,U). Writes the state.
 */
export function lstmForward(
  state: LstmState,
  x: Float64Array,
  weights: LstmWeights,
  direction: Direction,
  { T, B, U }: LstmShape,
): void {
  for (let j = 0; j < 4 * U; j++) state.bias[j] = weights.inputBias[j] + weights.hiddenBias[j]
  for (let step = 0; step < T; step++) {
    const t = direction === 'forward' ? step : T - 1 - step
    const before = direction === 'forward' ? t - 1 : t + 1
    const gates = block(state.gates, t * B * 4 * U)
    fillRows(gates, state.bias, B, 4 * U)
    addProductABt(
      gates,
      block(x, t * B * recurrentInputs),
      block(weights.inputWeight),
      B,
      4 * U,
      recurrentInputs,
    )
    if (step > 0) {
      addProductABt(gates, block(state.hidden, before * B * U), block(weights.hiddenWeight), B, 4 * U, U)
    }
    activate(state, t, step > 0 ? before : -1, B, U)
  }
}

/** i,f,g,o activations, then c and h of step t; `before` is −1 at the first step. */
function activate(state: LstmState, t: number, before: number, B: number, U: number): void {
  const { gates, memory, memoryTanh, hidden } = state
  for (let b = 0; b < B; b++) {
    const at = (t * B + b) * 4 * U
    const now = (t * B + b) * U
    for (let u = 0; u < U; u++) {
      const i = logistic(gates[at + u])
      const f = logistic(gates[at + U + u])
      const g = tanh(gates[at + 2 * U + u])
      const o = logistic(gates[at + 3 * U + u])
      gates[at + u] = i
      gates[at + U + u] = f
      gates[at + 2 * U + u] = g
      gates[at + 3 * U + u] = o
      const c = (before < 0 ? 0 : f * memory[(before * B + b) * U + u]) + i * g
      const squashed = tanh(c)
      memory[now + u] = c
      memoryTanh[now + u] = squashed
      hidden[now + u] = o * squashed
    }
  }
}

/** Gradients of one direction's weights; each is added to, the caller zeroes them. */
export type LstmGradients = LstmWeights

/**
 * gates[t] = x[t] · W_ihᵀ + b_ih + h[t′] · W_hhᵀ + b_hh;  c[t] = f · c[t′] + i · g;  h[t] = o · tanh(c[t])
 *
 * dHiddenOut (T,B,U) comes from the output layer. Adds to the weights' gradients and to dTrend (B,T), the gradient of
 * x[t,b,0]; the planned use needs none.
 */
export function lstmBackward(
  gradients: LstmGradients,
  dTrend: Float64Array,
  dHiddenOut: Float64Array,
  state: LstmState,
  x: Float64Array,
  weights: LstmWeights,
  direction: Direction,
  { T, B, U }: LstmShape,
): void {
  transpose(state.hiddenWeightTransposed, weights.hiddenWeight, 4 * U, U)
  state.dHidden.fill(0)
  state.dMemory.fill(0)
  for (let step = T - 1; step >= 0; step--) {
    const t = direction === 'forward' ? step : T - 1 - step
    const before = step === 0 ? -1 : direction === 'forward' ? t - 1 : t + 1
    const dGates = block(state.dGates, t * B * 4 * U)
    deactivate(state, dHiddenOut, t, before, B, U)
    addProductAtB(
      block(gradients.inputWeight),
      dGates,
      block(x, t * B * recurrentInputs),
      4 * U,
      recurrentInputs,
      B,
    )
    addColumnSums(gradients.inputBias, dGates, B, 4 * U)
    addTrendGradient(dTrend, state.dGates, weights.inputWeight, t, { T, B, U })
    if (before < 0) continue
    addProductAtB(block(gradients.hiddenWeight), dGates, block(state.hidden, before * B * U), 4 * U, U, B)
    state.dHidden.fill(0)
    addProductABt(block(state.dHidden), dGates, block(state.hiddenWeightTransposed), B, U, 4 * U)
  }
  gradients.hiddenBias.set(gradients.inputBias)
}

/** c[t] = f · c[t′] + i · g;  h[t] = o · tanh(c[t]). Writes dGates of step t and dMemory for step t′. */
function deactivate(
  state: LstmState,
  dHiddenOut: Float64Array,
  t: number,
  before: number,
  B: number,
  U: number,
): void {
  const { gates, dGates, memory, memoryTanh, dHidden, dMemory } = state
  for (let b = 0; b < B; b++) {
    const at = (t * B + b) * 4 * U
    const now = (t * B + b) * U
    for (let u = 0; u < U; u++) {
      const i = gates[at + u]
      const f = gates[at + U + u]
      const g = gates[at + 2 * U + u]
      const o = gates[at + 3 * U + u]
      const squashed = memoryTanh[now + u]
      const dh = dHidden[b * U + u] + dHiddenOut[now + u]
      const dc = dMemory[b * U + u] + dh * o * (1 - squashed * squashed)
      const memoryBefore = before < 0 ? 0 : memory[(before * B + b) * U + u]
      dGates[at + u] = dc * g * i * (1 - i)
      dGates[at + U + u] = dc * memoryBefore * f * (1 - f)
      dGates[at + 2 * U + u] = dc * i * (1 - g * g)
      dGates[at + 3 * U + u] = dh * squashed * o * (1 - o)
      dMemory[b * U + u] = dc * f
    }
  }
}

/** gates[t] = x[t] · W_ihᵀ + …, first column of x: dTrend[b,t] += Σ_j dGates[t,b,j] · W_ih[j,0] */
function addTrendGradient(
  dTrend: Float64Array,
  dGates: Float64Array,
  inputWeight: Float64Array,
  t: number,
  { T, B, U }: LstmShape,
): void {
  for (let b = 0; b < B; b++) {
    const at = (t * B + b) * 4 * U
    let sum = 0
    for (let j = 0; j < 4 * U; j++) sum += dGates[at + j] * inputWeight[j * recurrentInputs]
    dTrend[b * T + t] += sum
  }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** By exp: several times faster than Math.tanh, exact to 1e-16 absolute. */
function tanh(x: number): number {
  return 1 - 2 / (1 + Math.exp(2 * x))
}
