import { dot } from './matrix'

// What lies around the recurrent layer: its inputs, its output, and their gradients.

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
