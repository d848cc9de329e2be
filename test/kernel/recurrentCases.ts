import { padded, wide } from '../../src-main/kernels/arena.ts'
import { adamStep } from '../../src-shared/network/adam.ts'
import { createLstmState, lstmForward } from '../../src-shared/network/lstm.ts'
import { addColumnSums, addProductAtB, block } from '../../src-shared/network/matrix.ts'
import type { Bench, KernelCase } from './kernelBench.ts'

// Products, recurrent layer, what lies around it, and the optimiser.

const [T, t, U] = [5, 3, 20]
const K = U + 4
/** Rows in a block, and floats left free after one. */
const [inBlock, gap] = [16, 12]

type Name =
  | 'adam'
  | 'addColumnSums'
  | 'addOuter'
  | 'addOutput'
  | 'addOutputGradient'
  | 'addTrendGradient'
  | 'fillInputs'
  | 'logistic'
  | 'lstmPack'
  | 'lstmStep'
  | 'lstmStepBackward'
  | 'lstmStepKept'
  | 'multiply'
  | 'packColumns'
  | 'tanh'
  | 'transpose'

export const recurrentCases: Record<Name, KernelCase> = {
  logistic: (bench, n) => activation(bench, { name: 'logistic', n, exact: (x) => 1 / (1 + Math.exp(-x)) }),
  tanh: (bench, n) => activation(bench, { name: 'tanh', n, exact: Math.tanh }),

  adam(bench, n) {
    const count = padded(n)
    const settings = { learningRate: 0.01, weightDecay: 0.1, beta1: 0.9, beta2: 0.999, leastSpread: 1e-8 }
    const [p, g, m] = [bench.gaussians(count), bench.gaussians(count), bench.gaussians(count)]
    const v = bench.gaussians(count).map((x) => x * x)
    const places = [bench.put(p), bench.put(g), bench.put(m), bench.put(v)] as const
    const rate = settings.learningRate / (1 - settings.beta1 ** 5)
    const spreadScale = 1 / Math.sqrt(1 - settings.beta2 ** 5)
    const keep = 1 - settings.learningRate * settings.weightDecay
    bench.kernels.adam(...places, count, rate, spreadScale, keep, 0.9, 0.999, 1e-8)
    const state = { iteration: 4, first: { x: Float64Array.from(m) }, second: { x: Float64Array.from(v) } }
    adamStep({ x: p }, { x: Float64Array.from(g) }, state, settings)
    return [
      { found: bench.floats(places[0], count), expected: p },
      { found: bench.floats(places[2], count), expected: state.first.x },
      { found: bench.floats(places[3], count), expected: state.second.x },
    ]
  },

  packColumns(bench, rows) {
    const [N, stride] = [12, 15]
    const b = bench.gaussians(rows * stride)
    const packed = bench.room(wide(N) * rows)
    bench.kernels.packColumns(packed, bench.put(b), rows, N, stride)
    const expected = Array.from({ length: wide(N) * rows }, (_, i) => {
      const column = 8 * Math.floor(i / (8 * rows)) + (i % 8)
      return column < N ? b[(Math.floor(i / 8) % rows) * stride + column] : 0
    })
    return [{ found: bench.floats(packed, wide(N) * rows), expected }]
  },

  multiply(bench, M) {
    const [N, depth] = [20, 48]
    const [a, b] = [bench.gaussians(M * depth), bench.gaussians(depth * N)]
    const group = 16 * (M + 3)
    const grouped = new Float32Array((depth / 16) * group)
    a.forEach((x, i) => {
      const [m, k] = [Math.floor(i / depth), i % depth]
      grouped[Math.floor(k / 16) * group + m * 16 + (k % 16)] = x
    })
    const [packed, out] = [bench.room(wide(N) * depth), bench.room(M * N)]
    bench.kernels.packColumns(packed, bench.put(b), depth, N, N)
    bench.kernels.multiply(out, bench.put(grouped), packed, M, N, depth, group, N)
    const expected = Array.from({ length: M * N }, (_, i) => {
      const [m, n] = [Math.floor(i / N), i % N]
      return sum(depth, (k) => a[m * depth + k] * b[k * N + n])
    })
    return [{ found: bench.floats(out, M * N), expected }]
  },

  addOuter(bench, rows) {
    const [M, N] = [12, 20]
    const [a, b, before] = [bench.gaussians(rows * M), bench.gaussians(rows * N), bench.gaussians(M * N)]
    const expected = Float64Array.from(before)
    addProductAtB(block(expected), block(Float64Array.from(a)), block(Float64Array.from(b)), M, N, rows)
    const out = bench.put(before)
    const blocks = bench.put(inBlocks(a, M))
    bench.kernels.addOuter(out, blocks, bench.put(b), M, N, rows, M, N, inBlock, inBlock * M + gap)
    return [{ found: bench.floats(out, M * N), expected }]
  },

  addColumnSums(bench, rows) {
    const N = 12
    const [a, before] = [bench.gaussians(rows * N), bench.gaussians(N)]
    const expected = Float64Array.from(before)
    addColumnSums(expected, block(Float64Array.from(a)), rows, N)
    const out = bench.put(before)
    bench.kernels.addColumnSums(out, bench.put(inBlocks(a, N)), rows, N, inBlock, inBlock * N + gap)
    return [{ found: bench.floats(out, N), expected }]
  },

  transpose(bench, B) {
    const x = bench.gaussians(B * T)
    const out = bench.room(B * T)
    bench.kernels.transpose(out, bench.put(x), B, T)
    const expected = x.map((_, i) => x[(i % B) * T + Math.floor(i / B)])
    return [{ found: bench.floats(out, B * T), expected }]
  },

  fillInputs(bench, B) {
    const [hx, trend, use] = [bench.gaussians(B * K), bench.gaussians(B * T), bench.gaussians(B * T * 3)]
    const place = bench.put(hx)
    bench.kernels.fillInputs(place, bench.put(trend), bench.put(use), t, B, T, U)
    const expected = hx.map((x, i) => {
      const [b, column] = [Math.floor(i / K), (i % K) - U]
      if (column < 0) return x
      return column === 0 ? trend[b * T + t] : use[(b * T + t) * 3 + column - 1]
    })
    return [{ found: bench.floats(place, B * K), expected }]
  },

  addOutput(bench, B) {
    const [capacity, v, hx] = [bench.gaussians(B * T), bench.gaussians(U), bench.gaussians(B * K)]
    const place = bench.put(capacity)
    bench.kernels.addOutput(place, bench.put(v), bench.put(hx), t, B, T, U)
    const expected = Array.from(capacity, (x, i) => {
      return i % T === t ? x + sum(U, (u) => v[u] * hx[Math.floor(i / T) * K + u]) : x
    })
    return [{ found: bench.floats(place, B * T), expected }]
  },

  addOutputGradient(bench, B) {
    const [dV, d, hx] = [bench.gaussians(U), bench.gaussians(B), bench.gaussians(B * K)]
    const place = bench.put(dV)
    bench.kernels.addOutputGradient(place, bench.put(d), bench.put(hx), B, U)
    const expected = Array.from(dV, (x, u) => x + sum(B, (b) => d[b] * hx[b * K + u]))
    return [{ found: bench.floats(place, U), expected }]
  },

  addTrendGradient(bench, B) {
    const [dTrend, dHx] = [bench.gaussians(B * T), bench.gaussians(B * K)]
    const place = bench.put(dTrend)
    bench.kernels.addTrendGradient(place, bench.put(dHx), t, B, T, U)
    const expected = Array.from(dTrend, (x, i) => (i % T === t ? x + dHx[Math.floor(i / T) * K + U] : x))
    return [{ found: bench.floats(place, B * T), expected }]
  },

  lstmPack(bench, depth) {
    const weight = bench.gaussians(4 * U * depth)
    const packed = bench.room(4 * U * depth)
    bench.kernels.lstmPack(packed, bench.put(weight), 4 * U, depth)
    const expected = weight.map((_, i) => {
      const [group, k, column] = [Math.floor(i / (16 * depth)), Math.floor(i / 16) % depth, i % 16]
      return weight[(16 * group + column) * depth + k]
    })
    return [{ found: bench.floats(packed, 4 * U * depth), expected }]
  },

  lstmStep(bench, B) {
    const { hx, before, packed, bias, said } = secondStep(bench, B)
    const [next, scratch] = [bench.put(new Float32Array(B * K)), bench.room(B * 4 * U)]
    bench.kernels.lstmStep(next, before, hx, packed, bias, scratch, B, U)
    return [
      { found: hiddenOf(bench.floats(next, B * K)), expected: said.hidden },
      { found: bench.floats(before, B * U), expected: said.memory },
    ]
  },

  lstmStepKept(bench, B) {
    const { hx, before, packed, bias, said } = secondStep(bench, B)
    const group = 16 * (B + 2)
    const [next, gates] = [bench.put(new Float32Array(B * K)), bench.room((U / 4) * group)]
    const [memory, squashed] = [bench.room(B * U), bench.room(B * U)]
    bench.kernels.lstmStepKept(next, gates, memory, squashed, before, hx, packed, bias, B, U, group)
    const kept = bench.floats(gates, (U / 4) * group)
    return [
      { found: hiddenOf(bench.floats(next, B * K)), expected: said.hidden },
      { found: bench.floats(memory, B * U), expected: said.memory },
      { found: bench.floats(squashed, B * U), expected: said.memory.map(Math.tanh) },
      { found: said.gates.map((_, i) => kept[gatePlace(i, group)]), expected: said.gates },
    ]
  },

  lstmStepBackward(bench, B) {
    const group = 16 * (B + 2)
    const gates = bench.gaussians((U / 4) * group).map((x) => 1 / (1 + Math.exp(-x)))
    const [dMemory, dHx, d, v] = [
      bench.gaussians(B * U),
      bench.gaussians(B * K),
      bench.gaussians(B),
      bench.gaussians(U),
    ]
    const [squashed, before] = [bench.gaussians(B * U).map(Math.tanh), bench.gaussians(B * U)]
    const [place, dMemoryPlace] = [bench.put(gates), bench.put(dMemory)]
    const rest = [dHx, d, v, squashed, before].map((values) => bench.put(values))
    bench.kernels.lstmStepBackward(place, dMemoryPlace, ...rest, B, U, group)
    const [expected, passed] = [new Float64Array(B * 4 * U), new Float64Array(B * U)]
    for (let b = 0; b < B; b++) {
      for (let u = 0; u < U; u++) {
        const at = b * 4 * U + u
        const [i, f, g, o] = [0, U, 2 * U, 3 * U].map((part) => gates[gatePlace(at + part, group)])
        const s = squashed[b * U + u]
        const dh = dHx[b * K + u] + d[b] * v[u]
        const dc = dMemory[b * U + u] + dh * o * (1 - s * s)
        expected[at] = dc * g * i * (1 - i)
        expected[at + U] = dc * before[b * U + u] * f * (1 - f)
        expected[at + 2 * U] = dc * i * (1 - g * g)
        expected[at + 3 * U] = dh * s * o * (1 - o)
        passed[b * U + u] = dc * f
      }
    }
    const changed = bench.floats(place, (U / 4) * group)
    return [
      { found: expected.map((_, i) => changed[gatePlace(i, group)]), expected },
      { found: bench.floats(dMemoryPlace, B * U), expected: passed },
    ]
  },
}

function sum(count: number, term: (k: number) => number): number {
  let total = 0
  for (let k = 0; k < count; k++) total += term(k)
  return total
}

function activation(
  bench: Bench,
  { name, n, exact }: { name: 'logistic' | 'tanh'; n: number; exact: (x: number) => number },
) {
  const x = bench.gaussians(padded(n)).map((value) => 4 * value)
  const out = bench.room(x.length)
  bench.kernels[name](out, bench.put(x), x.length)
  return [{ found: bench.floats(out, x.length), expected: Array.from(x, exact) }]
}

/** Rows of `width` in blocks with a gap of no numbers after each. */
function inBlocks(a: Float32Array, width: number): Float32Array {
  const [whole, stride] = [inBlock * width, inBlock * width + gap]
  const blocks = new Float32Array(Math.ceil(a.length / whole) * stride).fill(NaN)
  for (let at = 0; at < a.length; at += whole) blocks.set(a.subarray(at, at + whole), (at / whole) * stride)
  return blocks
}

/** From the reference's order, (B,4U) i f g o, to the kernels': by group of four units, then row. */
function gatePlace(i: number, group: number): number {
  const [b, part, u] = [Math.floor(i / (4 * U)), Math.floor(i / U) % 4, i % U]
  return (u >> 2) * group + b * 16 + part * 4 + (u & 3)
}

function hiddenOf(hx: Float32Array): Float32Array {
  return hx.filter((_, i) => i % K < U)
}

/** The reference's second step, and its first one as the kernels' input. */
function secondStep(bench: Bench, B: number) {
  const shape = { T: 2, B, U }
  const small = (count: number): Float64Array =>
    Float64Array.from(bench.gaussians(count), (x) => Math.fround(x / 4))
  const weights = {
    inputWeight: small(4 * U * 4),
    hiddenWeight: small(4 * U * U),
    inputBias: small(4 * U),
    hiddenBias: new Float64Array(4 * U),
  }
  const x = Float64Array.from(bench.gaussians(2 * B * 4))
  const state = createLstmState(shape)
  lstmForward(state, x, weights, 'forward', shape)
  const hx = Float32Array.from({ length: B * K }, (_, i) => {
    const [b, column] = [Math.floor(i / K), i % K]
    return column < U ? state.hidden[b * U + column] : x[(B + b) * 4 + column - U]
  })
  const [rows, bias] = [new Float32Array(4 * U * K), new Float32Array(4 * U)]
  for (let j = 0; j < 4 * U; j++) {
    const row = gatePlace(j, 16)
    for (let k = 0; k < U; k++) rows[row * K + k] = weights.hiddenWeight[j * U + k]
    for (let k = 0; k < 4; k++) rows[row * K + U + k] = weights.inputWeight[j * 4 + k]
    bias[row] = weights.inputBias[j]
  }
  const packed = bench.room(rows.length)
  bench.kernels.lstmPack(packed, bench.put(rows), 4 * U, K)
  return {
    hx: bench.put(hx),
    before: bench.put(Float32Array.from(state.memory.subarray(0, B * U))),
    packed,
    bias: bench.put(bias),
    said: {
      hidden: state.hidden.slice(B * U),
      memory: state.memory.slice(B * U),
      gates: state.gates.slice(B * 4 * U),
    },
  }
}
