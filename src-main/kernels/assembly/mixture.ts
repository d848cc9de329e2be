import { dot } from './matrix'

/** trend[b,t] = Σ_e gate[b,e]·expert[b,e·T+t]; expert (B, stride) float32, gate (B,E) float64, trend (B, T). */
export function mix(trend: usize, gate: usize, expert: usize, B: i32, E: i32, T: i32, stride: i32): void {
  for (let b = 0; b < B; b++) {
    let t = 0
    for (; t + 3 < T; t += 4) {
      let sum = f32x4.splat(0)
      for (let e = 0; e < E; e++) {
        const w = f32x4.splat(<f32>load<f64>(gate + ((<usize>(b * E + e)) << 3)))
        sum = f32x4.add(sum, f32x4.mul(w, v128.load(expert + ((<usize>(b * stride + e * T + t)) << 2))))
      }
      v128.store(trend + ((<usize>(b * T + t)) << 2), sum)
    }
    for (; t < T; t++) {
      let sum: f32 = 0
      for (let e = 0; e < E; e++) {
        sum +=
          <f32>load<f64>(gate + ((<usize>(b * E + e)) << 3)) *
          load<f32>(expert + ((<usize>(b * stride + e * T + t)) << 2))
      }
      store<f32>(trend + ((<usize>(b * T + t)) << 2), sum)
    }
  }
}

/** Adds to dGate (B,E) float64; expert (B, stride) becomes its own gradient gate[b,e]·dTrend[b,t] in place. */
export function mixBackward(
  dGate: usize,
  dTrend: usize,
  gate: usize,
  expert: usize,
  B: i32,
  E: i32,
  T: i32,
  stride: i32,
): void {
  for (let b = 0; b < B; b++) {
    for (let e = 0; e < E; e++) {
      const at = (<usize>(b * E + e)) << 3
      const w = <f32>load<f64>(gate + at)
      let sum: f64 = 0
      for (let t = 0; t < T; t++) {
        const d = load<f32>(dTrend + ((<usize>(b * T + t)) << 2))
        const place = expert + ((<usize>(b * stride + e * T + t)) << 2)
        sum += <f64>(d * load<f32>(place))
        store<f32>(place, w * d)
      }
      store<f64>(dGate + at, load<f64>(dGate + at) + sum)
    }
  }
}

/** hx[b] its last four columns = [trend[b,t], use[b,t,0..2]]; trend (B,T), use (B,T,3). */
export function fillInputs(hx: usize, trend: usize, use: usize, t: i32, B: i32, T: i32, U: i32): void {
  const row = (<usize>(U + 4)) << 2
  hx += (<usize>U) << 2
  for (let b = 0; b < B; b++, hx += row) {
    const at = <usize>(b * T + t)
    store<f32>(hx, load<f32>(trend + (at << 2)))
    const from = use + at * 12
    store<f32>(hx, load<f32>(from), 4)
    store<f32>(hx, load<f32>(from, 4), 8)
    store<f32>(hx, load<f32>(from, 8), 12)
  }
}

/** capacity[b,t] += v·h[b]; h the first U columns of hx (B,U+4). */
export function addOutput(capacity: usize, v: usize, hx: usize, t: i32, B: i32, T: i32, U: i32): void {
  const row = (<usize>(U + 4)) << 2
  for (let b = 0; b < B; b++, hx += row) {
    const at = capacity + ((<usize>(b * T + t)) << 2)
    store<f32>(at, load<f32>(at) + dot(v, hx, U))
  }
}

/** dV (U) += Σ_b dCapacity[b]·h[b]; dTrend[b,t] += dHx[b,U], the gradient of the step's first input. */
export function addOutputGradient(dV: usize, dCapacity: usize, hx: usize, B: i32, U: i32): void {
  const row = (<usize>(U + 4)) << 2
  for (let b = 0; b < B; b++, hx += row) {
    const d = v128.load32_splat(dCapacity + ((<usize>b) << 2))
    for (let u: usize = 0; u < (<usize>U) << 2; u += 16) {
      v128.store(dV + u, f32x4.add(v128.load(dV + u), f32x4.mul(d, v128.load(hx + u))))
    }
  }
}

export function addTrendGradient(dTrend: usize, dHx: usize, t: i32, B: i32, T: i32, U: i32): void {
  const row = (<usize>(U + 4)) << 2
  dHx += (<usize>U) << 2
  for (let b = 0; b < B; b++, dHx += row) {
    const at = dTrend + ((<usize>(b * T + t)) << 2)
    store<f32>(at, load<f32>(at) + load<f32>(dHx))
  }
}

/** out (T,B) = x (B,T) transposed. */
export function transpose(out: usize, x: usize, B: i32, T: i32): void {
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      store<f32>(out + ((<usize>(t * B + b)) << 2), load<f32>(x + ((<usize>(b * T + t)) << 2)))
    }
  }
}
