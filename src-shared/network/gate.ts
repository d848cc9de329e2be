import type { GateConstants } from './shape.ts'

export interface GateShape {
  readonly B: number
  readonly E: number
}

/**
 * mask[b,e] = logits[b,e] < k-th largest of logits[b,·]
 * share     = softmax(logits)
 * score     = α ln(share + 1) where masked, else α (exp(share) − 1)
 * gate      = softmax(score)
 *
 * All (B,E); gate is dense, each row sums to 1. Writes mask (1 = masked), share and gate.
 */
export function gateForward(
  gate: Float64Array,
  share: Float64Array,
  mask: Uint8Array,
  logits: Float64Array,
  { k, alpha }: GateConstants,
  { B, E }: GateShape,
): void {
  for (let b = 0; b < B; b++) {
    const at = b * E
    markBelowKth(mask, logits, at, k, E)
    softmaxRow(share, logits, at, E)
    for (let i = at; i < at + E; i++) {
      gate[i] = mask[i] === 1 ? alpha * Math.log(share[i] + 1) : alpha * (Math.exp(share[i]) - 1)
    }
    softmaxRow(gate, gate, at, E)
  }
}

/**
 * gate = softmax(score),  score = α ln(share + 1) or α (exp(share) − 1),  share = softmax(logits)
 *
 * Writes dLogits (B,E). The mask is constant almost everywhere and passes no gradient.
 */
export function gateBackward(
  dLogits: Float64Array,
  dGate: Float64Array,
  gate: Float64Array,
  share: Float64Array,
  mask: Uint8Array,
  { alpha }: GateConstants,
  { B, E }: GateShape,
): void {
  for (let b = 0; b < B; b++) {
    const at = b * E
    softmaxRowBackward(dLogits, dGate, gate, at, E)
    for (let i = at; i < at + E; i++) {
      dLogits[i] *= mask[i] === 1 ? alpha / (share[i] + 1) : alpha * Math.exp(share[i])
    }
    softmaxRowBackward(dLogits, dLogits, share, at, E)
  }
}

/** mask = 1 where k or more logits are larger: exactly where the value is less than the k-th largest. */
function markBelowKth(mask: Uint8Array, logits: Float64Array, at: number, k: number, E: number): void {
  for (let i = at; i < at + E; i++) {
    let larger = 0
    for (let j = at; j < at + E; j++) if (logits[j] > logits[i]) larger++
    mask[i] = larger >= k ? 1 : 0
  }
}

function softmaxRow(out: Float64Array, x: Float64Array, at: number, E: number): void {
  let largest = -Infinity
  for (let i = at; i < at + E; i++) largest = Math.max(largest, x[i])
  let sum = 0
  for (let i = at; i < at + E; i++) {
    out[i] = Math.exp(x[i] - largest)
    sum += out[i]
  }
  for (let i = at; i < at + E; i++) out[i] /= sum
}

/** y = softmax(x): dx = y · (dy − Σ dy·y). dx may be dy. */
function softmaxRowBackward(
  dx: Float64Array,
  dy: Float64Array,
  y: Float64Array,
  at: number,
  E: number,
): void {
  let dot = 0
  for (let i = at; i < at + E; i++) dot += dy[i] * y[i]
  for (let i = at; i < at + E; i++) dx[i] = y[i] * (dy[i] - dot)
}
