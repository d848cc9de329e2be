// Router and gate: a few dozen operations per battery, in float64 and with the exp and log of this module alone, so that
// near-ties fall the same way everywhere. logits, share, gate (B,E) float64; features (B,F), weights float32.

/** clean[b,e] = Σ_f W[e,f]·features[b,f] + bias[e] */
export function route(
  clean: usize,
  features: usize,
  weight: usize,
  bias: usize,
  B: i32,
  F: i32,
  E: i32,
): void {
  for (let b = 0; b < B; b++) {
    for (let e = 0; e < E; e++) {
      let sum: f64 = <f64>load<f32>(bias + ((<usize>e) << 2))
      for (let f = 0; f < F; f++) {
        sum +=
          <f64>load<f32>(weight + ((<usize>(e * F + f)) << 2)) *
          <f64>load<f32>(features + ((<usize>(b * F + f)) << 2))
      }
      store<f64>(clean + ((<usize>(b * E + e)) << 3), sum)
    }
  }
}

/** logits = clean + ε·(softplus(raw) + 1e-5), raw[b,j] = Σ_i clean[b,i]·N[i,j] */
export function addNoise(
  logits: usize,
  raw: usize,
  clean: usize,
  epsilon: usize,
  noise: usize,
  B: i32,
  E: i32,
): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < E; j++) {
      let sum: f64 = 0
      for (let i = 0; i < E; i++) {
        sum +=
          load<f64>(clean + ((<usize>(b * E + i)) << 3)) * <f64>load<f32>(noise + ((<usize>(i * E + j)) << 2))
      }
      const at = b * E + j
      store<f64>(raw + ((<usize>at) << 3), sum)
      const spread = Math.max(sum, 0) + Math.log1p(Math.exp(-Math.abs(sum))) + 1e-5
      store<f64>(
        logits + ((<usize>at) << 3),
        load<f64>(clean + ((<usize>at) << 3)) + <f64>load<f32>(epsilon + ((<usize>at) << 2)) * spread,
      )
    }
  }
}

/** mask where fewer than the k-th largest; share = softmax(logits); gate = softmax(α ln(share+1) or α (e^share − 1)) */
export function gateForward(
  gate: usize,
  share: usize,
  mask: usize,
  logits: usize,
  kept: i32,
  alpha: f64,
  B: i32,
  E: i32,
): void {
  const row = (<usize>E) << 3
  for (let b = 0; b < B; b++) {
    softmax(share, logits, row)
    for (let e: usize = 0; e < row; e += 8) {
      let larger = 0
      for (let other: usize = 0; other < row; other += 8) {
        if (load<f64>(logits + other) > load<f64>(logits + e)) larger++
      }
      store<f64>(mask + e, larger >= kept ? 1 : 0)
      const p = load<f64>(share + e)
      store<f64>(gate + e, larger >= kept ? alpha * Math.log(p + 1) : alpha * (Math.exp(p) - 1))
    }
    softmax(gate, gate, row)
    gate += row
    share += row
    mask += row
    logits += row
  }
}

function softmax(out: usize, x: usize, row: usize): void {
  let largest = load<f64>(x)
  for (let e: usize = 8; e < row; e += 8) largest = Math.max(largest, load<f64>(x + e))
  let sum: f64 = 0
  for (let e: usize = 0; e < row; e += 8) {
    const value = Math.exp(load<f64>(x + e) - largest)
    store<f64>(out + e, value)
    sum += value
  }
  for (let e: usize = 0; e < row; e += 8) store<f64>(out + e, load<f64>(out + e) / sum)
}

/** Writes dLogits; the mask passes no gradient. dGate may be dLogits. */
export function gateBackward(
  dLogits: usize,
  dGate: usize,
  gate: usize,
  share: usize,
  mask: usize,
  alpha: f64,
  B: i32,
  E: i32,
): void {
  const row = (<usize>E) << 3
  for (let b = 0; b < B; b++) {
    softmaxBackward(dLogits, dGate, gate, row)
    for (let e: usize = 0; e < row; e += 8) {
      const p = load<f64>(share + e)
      const slope = load<f64>(mask + e) == 1 ? alpha / (p + 1) : alpha * Math.exp(p)
      store<f64>(dLogits + e, load<f64>(dLogits + e) * slope)
    }
    softmaxBackward(dLogits, dLogits, share, row)
    dLogits += row
    dGate += row
    gate += row
    share += row
    mask += row
  }
}

function softmaxBackward(dx: usize, dy: usize, y: usize, row: usize): void {
  let sum: f64 = 0
  for (let e: usize = 0; e < row; e += 8) sum += load<f64>(dy + e) * load<f64>(y + e)
  for (let e: usize = 0; e < row; e += 8) {
    store<f64>(dx + e, load<f64>(y + e) * (load<f64>(dy + e) - sum))
  }
}

/** logits = clean + ε·(softplus(raw) + 1e-5): dLogits (B,E) becomes dClean in place, adds to dNoise (E,E) float32. */
export function noiseBackward(
  dLogits: usize,
  dNoise: usize,
  raw: usize,
  clean: usize,
  epsilon: usize,
  noise: usize,
  scratch: usize,
  B: i32,
  E: i32,
): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < E; j++) {
      const at = b * E + j
      const slope = 1 / (1 + Math.exp(-load<f64>(raw + ((<usize>at) << 3))))
      const d = load<f64>(dLogits + ((<usize>at) << 3)) * <f64>load<f32>(epsilon + ((<usize>at) << 2)) * slope
      store<f64>(scratch + ((<usize>j) << 3), d)
    }
    for (let i = 0; i < E; i++) {
      const at = (<usize>(b * E + i)) << 3
      let sum = load<f64>(dLogits + at)
      for (let j = 0; j < E; j++) {
        const d = load<f64>(scratch + ((<usize>j) << 3))
        const place = (<usize>(i * E + j)) << 2
        sum += d * <f64>load<f32>(noise + place)
        store<f32>(dNoise + place, <f32>(<f64>load<f32>(dNoise + place) + d * load<f64>(clean + at)))
      }
      store<f64>(dLogits + at, sum)
    }
  }
}

/** clean = W·features + bias: adds to dWeight (E,F) and dBias (E). */
export function routeBackward(
  dWeight: usize,
  dBias: usize,
  dClean: usize,
  features: usize,
  B: i32,
  F: i32,
  E: i32,
): void {
  for (let e = 0; e < E; e++) {
    let sum: f64 = 0
    for (let b = 0; b < B; b++) sum += load<f64>(dClean + ((<usize>(b * E + e)) << 3))
    store<f32>(dBias + ((<usize>e) << 2), <f32>(<f64>load<f32>(dBias + ((<usize>e) << 2)) + sum))
    for (let f = 0; f < F; f++) {
      let product: f64 = 0
      for (let b = 0; b < B; b++) {
        product +=
          load<f64>(dClean + ((<usize>(b * E + e)) << 3)) *
          <f64>load<f32>(features + ((<usize>(b * F + f)) << 2))
      }
      const at = dWeight + ((<usize>(e * F + f)) << 2)
      store<f32>(at, <f32>(<f64>load<f32>(at) + product))
    }
  }
}
