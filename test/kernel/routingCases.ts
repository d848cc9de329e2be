import { padded, wide } from '../../src-main/kernels/arena.ts'
import { expertForward } from '../../src-shared/network/experts.ts'
import { gateBackward, gateForward } from '../../src-shared/network/gate.ts'
import { mixtureBackward, mixtureForward } from '../../src-shared/network/mixture.ts'
import {
  noiseBackward,
  noiseForward,
  routerBackward,
  routerForward,
} from '../../src-shared/network/router.ts'
import type { Bench, Comparison, KernelCase } from './kernelBench.ts'

// Experts, mixture, router and gate: float64 sums. E experts, T steps, F features and V curve points are odd throughout.

const [E, T, F, V] = [5, 7, 3, 9]
const gate = { k: 2, alpha: 10 }
const experts = padded(E * T)

type Name =
  | 'addNoise'
  | 'gateBackward'
  | 'gateForward'
  | 'mix'
  | 'mixBackward'
  | 'noiseBackward'
  | 'packExperts'
  | 'route'
  | 'routeBackward'
  | 'runExperts'

export const routingCases: Record<Name, KernelCase> = {
  route(bench, B) {
    const [features, weight, bias] = [bench.gaussians(B * F), bench.gaussians(E * F), bench.gaussians(E)]
    const expected = new Float64Array(B * E)
    routerForward(expected, doubled(features), doubled(weight), doubled(bias), { B, F, E })
    const clean = bench.wideRoom(B * E)
    bench.kernels.route(clean, bench.put(features), bench.put(weight), bench.put(bias), B, F, E)
    return [{ found: bench.doubles(clean, B * E), expected }]
  },

  routeBackward(bench, B) {
    const [features, dClean] = [bench.gaussians(B * F), bench.wideGaussians(B * E)]
    const [weight, bias] = [new Float64Array(E * F), new Float64Array(E)]
    routerBackward(weight, bias, dClean, doubled(features), { B, F, E })
    const [dWeight, dBias] = [bench.put(new Float32Array(E * F)), bench.put(new Float32Array(E))]
    bench.kernels.routeBackward(dWeight, dBias, bench.put(dClean), bench.put(features), B, F, E)
    return [
      { found: bench.floats(dWeight, E * F), expected: weight },
      { found: bench.floats(dBias, E), expected: bias },
    ]
  },

  addNoise(bench, B) {
    const [clean, epsilon, noise] = [
      bench.wideGaussians(B * E),
      bench.gaussians(B * E),
      bench.gaussians(E * E),
    ]
    const [expected, expectedRaw] = [new Float64Array(B * E), new Float64Array(B * E)]
    noiseForward(expected, expectedRaw, clean, epsilon, doubled(noise), { B, F, E })
    const [logits, raw] = [bench.wideRoom(B * E), bench.wideRoom(B * E)]
    bench.kernels.addNoise(logits, raw, bench.put(clean), bench.put(epsilon), bench.put(noise), B, E)
    return [
      { found: bench.doubles(logits, B * E), expected },
      { found: bench.doubles(raw, B * E), expected: expectedRaw },
    ]
  },

  noiseBackward(bench, B) {
    const [clean, epsilon, noise] = [
      bench.wideGaussians(B * E),
      bench.gaussians(B * E),
      bench.gaussians(E * E),
    ]
    const [raw, dLogits] = [bench.wideGaussians(B * E), bench.wideGaussians(B * E)]
    const [dClean, dNoise] = [new Float64Array(B * E), new Float64Array(E * E)]
    noiseBackward(dClean, dNoise, dLogits, raw, clean, epsilon, doubled(noise), { B, F, E })
    const [changed, added] = [bench.put(dLogits), bench.put(new Float32Array(E * E))]
    const places = [bench.put(raw), bench.put(clean), bench.put(epsilon), bench.put(noise)] as const
    bench.kernels.noiseBackward(changed, added, ...places, bench.wideRoom(E), B, E)
    return [
      { found: bench.doubles(changed, B * E), expected: dClean },
      { found: bench.floats(added, E * E), expected: dNoise },
    ]
  },

  gateForward(bench, B) {
    const logits = bench.wideGaussians(B * E)
    const said = gated(logits, B)
    const [weights, share, mask] = [bench.wideRoom(B * E), bench.wideRoom(B * E), bench.wideRoom(B * E)]
    bench.kernels.gateForward(weights, share, mask, bench.put(logits), gate.k, gate.alpha, B, E)
    return [
      { found: bench.doubles(weights, B * E), expected: said.weights },
      { found: bench.doubles(share, B * E), expected: said.share },
      { found: bench.doubles(mask, B * E), expected: said.mask },
    ]
  },

  gateBackward(bench, B) {
    const said = gated(bench.wideGaussians(B * E), B)
    const dGate = bench.wideGaussians(B * E)
    const expected = new Float64Array(B * E)
    gateBackward(expected, dGate, said.weights, said.share, said.mask, gate, { B, E })
    const place = bench.put(dGate)
    const kept = [said.weights, said.share, Float64Array.from(said.mask)].map((values) => bench.put(values))
    bench.kernels.gateBackward(place, place, ...kept, gate.alpha, B, E)
    return [{ found: bench.doubles(place, B * E), expected }]
  },

  packExperts(bench, K) {
    const [N, stride] = [12, K + 2]
    const b = bench.gaussians(N * stride)
    const packed = bench.wideRoom(wide(N) * K)
    bench.kernels.packExperts(packed, bench.put(b), K, N, stride)
    const expected = Float64Array.from({ length: wide(N) * K }, (_, i) => {
      const column = 8 * Math.floor(i / (8 * K)) + (i % 8)
      return column < N ? b[column * stride + (Math.floor(i / 8) % K)] : 0
    })
    return [{ found: bench.doubles(packed, wide(N) * K), expected }]
  },

  runExperts(bench, B) {
    const stride = padded(V)
    const [curve, weight] = [bench.gaussians(B * stride), bench.gaussians(experts * stride)]
    const bias = bench.gaussians(experts)
    const rows = Float64Array.from({ length: B * V }, (_, i) => curve[Math.floor(i / V) * stride + (i % V)])
    const dense = Float64Array.from({ length: experts * V }, (_, i) => {
      return weight[Math.floor(i / V) * stride + (i % V)]
    })
    const expected = new Float64Array(B * experts)
    expertForward(expected, 0, rows, dense, doubled(bias), { B, T: experts, V })
    const [packed, out] = [bench.wideRoom(wide(experts) * V), bench.wideRoom(B * wide(experts))]
    bench.kernels.packExperts(packed, bench.put(weight), V, experts, stride)
    bench.kernels.runExperts(out, bench.put(curve), packed, bench.put(bias), B, experts, V, stride)
    const all = bench.doubles(out, B * wide(experts))
    return [{ found: all.filter((_, i) => i % wide(experts) < experts), expected }]
  },

  mix(bench, B) {
    const { weights, expert, byExpert } = mixture(bench, B)
    const expected = new Float64Array(B * T)
    mixtureForward(expected, weights, byExpert, { B, E, T })
    const trend = bench.room(B * T)
    bench.kernels.mix(trend, bench.put(weights), bench.put(expert), B, E, T, wide(experts))
    return [{ found: bench.floats(trend, B * T), expected }]
  },

  mixBackward(bench, B) {
    const { weights, expert, byExpert } = mixture(bench, B)
    const [dTrend, before] = [bench.gaussians(B * T), bench.wideGaussians(B * E)]
    const [dGate, dByExpert] = [before.slice(), new Float64Array(B * E * T)]
    mixtureBackward(dGate, dByExpert, doubled(dTrend), weights, byExpert, { B, E, T })
    const [added, written] = [bench.put(before), bench.put(new Float32Array(B * experts))]
    const inputs = [bench.put(dTrend), bench.put(weights), bench.put(expert)] as const
    bench.kernels.mixBackward(added, written, ...inputs, B, E, T, wide(experts), experts)
    return [
      { found: bench.doubles(added, B * E), expected: dGate },
      {
        found: bench.floats(written, B * experts),
        expected: Float64Array.from({ length: B * experts }, (_, i) => {
          const [b, place] = [Math.floor(i / experts), i % experts]
          return place < E * T ? dByExpert[(Math.floor(place / T) * B + b) * T + (place % T)] : 0
        }),
      },
    ] satisfies Comparison[]
  },
}

function doubled(values: Float32Array): Float64Array {
  return Float64Array.from(values)
}

function gated(logits: Float64Array, B: number) {
  const said = {
    weights: new Float64Array(B * E),
    share: new Float64Array(B * E),
    mask: new Uint8Array(B * E),
  }
  gateForward(said.weights, said.share, said.mask, logits, gate, { B, E })
  return said
}

/** The same experts in the kernels' order, row by row, and in the reference's, expert by expert. */
function mixture(bench: Bench, B: number) {
  const expert = bench.wideGaussians(B * wide(experts))
  const byExpert = Float64Array.from({ length: E * B * T }, (_, i) => {
    const [e, b, t] = [Math.floor(i / (B * T)), Math.floor(i / T) % B, i % T]
    return expert[b * wide(experts) + e * T + t]
  })
  return { weights: gated(bench.wideGaussians(B * E), B).weights, expert, byExpert }
}
