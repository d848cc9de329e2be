import { fade, logistic4, one, tanh4, tanhOver } from './activation'

// One direction of the recurrent layer. Units come in groups of four; a group's weights are one block of 16 columns,
// i f g o of four units, which stays in the first-level cache while all rows of a pass.
//
// hx (B, K): the hidden state before the step in its first U columns, the step's input in the last four; K = U + 4.

/** packed[group][k][16] = weight[16·group + column][k]; weight (4U, K), rows in the groups' order. */
export function lstmPack(packed: usize, weight: usize, rows: i32, K: i32): void {
  for (let group = 0; group < rows; group += 16) {
    for (let k = 0; k < K; k++) {
      for (let column = 0; column < 16; column++) {
        store<f32>(packed, load<f32>(weight + (<usize>((group + column) * K + k) << 2)))
        packed += 4
      }
    }
  }
}

/**
 * h, c of one step: c = σ(f)·c′ + σ(i)·tanh(g),  h = σ(o)·tanh(c)
 *
 * hx (B,K) in, next (B,K) its first U columns out, memory (B,U) updated in place; packed (U/4,K,16), bias (4U), scratch
 * (B,4U). Few rows: all products first, so that the activations of different groups overlap; many rows: group by group,
 * so that they overlap within a group and its products are still in the first-level cache.
 */
export function lstmStep(
  next: usize,
  memory: usize,
  hx: usize,
  packed: usize,
  bias: usize,
  scratch: usize,
  B: i32,
  U: i32,
): void {
  const K = U + 4
  const row = <usize>K << 2
  const units = <usize>U << 2
  const block = <usize>K << 6
  const isGroupwise = B >= 8
  const rows = <usize>B << 6
  let z = scratch
  let u: usize = 0
  if (B == 1) {
    for (; u + 16 < units; u += 32, packed += 2 * block, bias += 128, z += 128) twoGroups(z, hx, packed, bias, row)
  }
  for (; u < units; u += 16, packed += block, bias += 64) {
    products(z, 64, hx, packed, bias, B, row)
    if (isGroupwise) remember(next + u, memory + u, z, B, row, units)
    else z += rows
  }
  if (isGroupwise) return
  if (B == 1) {
    // The groups of one row lie beside each other: they are activated as if they were rows.
    remember(next, memory, scratch, U >> 2, 16, 16)
    return
  }
  z = scratch
  for (u = 0; u < units; u += 16, z += rows) remember(next + u, memory + u, z, B, row, units)
}

/**
 * As lstmStep, and keeps memory (B,U), tanh of it (B,U), and the activated gates by group: gates[u / 4][b][16], `group`
 * floats apart.
 */
export function lstmStepKept(
  next: usize,
  gates: usize,
  memory: usize,
  memoryTanh: usize,
  before: usize,
  hx: usize,
  packed: usize,
  bias: usize,
  B: i32,
  U: i32,
  group: i32,
): void {
  const K = U + 4
  const row = <usize>K << 2
  const units = <usize>U << 2
  const block = <usize>K << 6
  for (let u: usize = 0; u < units; u += 16, packed += block, bias += 64, gates += <usize>group << 2) {
    products(gates, 64, hx, packed, bias, B, row)
    for (let b: usize = 0; b < <usize>B; b++) {
      const at = b * units + u
      keep(next + b * row + u, gates + (b << 6), memory + at, memoryTanh + at, before + at)
    }
  }
}

/** z[b] (16) = bias + hx[b]·block of one group, rows of z `zRow` bytes apart. */
function products(z: usize, zRow: usize, hx: usize, packed: usize, bias: usize, B: i32, row: usize): void {
  let b = 0
  for (; b + 1 < B; b += 2, hx += 2 * row, z += 2 * zRow) twoRows(z, zRow, hx, packed, bias, row)
  if (b < B) oneRow(z, hx, packed, bias, row)
}

// @ts-ignore: decorator
@inline
function twoRows(z: usize, zRow: usize, a: usize, packed: usize, bias: usize, row: usize): void {
  let i0 = v128.load(bias)
  let f0 = v128.load(bias, 16)
  let g0 = v128.load(bias, 32)
  let o0 = v128.load(bias, 48)
  let i1 = i0
  let f1 = f0
  let g1 = g0
  let o1 = o0
  const second = a + row
  let w = packed
  for (let k: usize = 0; k < row; k += 4, w += 64) {
    const x0 = v128.load32_splat(a + k)
    const x1 = v128.load32_splat(second + k)
    const wi = v128.load(w)
    i0 = f32x4.add(i0, f32x4.mul(x0, wi))
    i1 = f32x4.add(i1, f32x4.mul(x1, wi))
    const wf = v128.load(w, 16)
    f0 = f32x4.add(f0, f32x4.mul(x0, wf))
    f1 = f32x4.add(f1, f32x4.mul(x1, wf))
    const wg = v128.load(w, 32)
    g0 = f32x4.add(g0, f32x4.mul(x0, wg))
    g1 = f32x4.add(g1, f32x4.mul(x1, wg))
    const wo = v128.load(w, 48)
    o0 = f32x4.add(o0, f32x4.mul(x0, wo))
    o1 = f32x4.add(o1, f32x4.mul(x1, wo))
  }
  v128.store(z, i0)
  v128.store(z, f0, 16)
  v128.store(z, g0, 32)
  v128.store(z, o0, 48)
  z += zRow
  v128.store(z, i1)
  v128.store(z, f1, 16)
  v128.store(z, g1, 32)
  v128.store(z, o1, 48)
}

// @ts-ignore: decorator
@inline
function oneRow(z: usize, a: usize, packed: usize, bias: usize, row: usize): void {
  let i = v128.load(bias)
  let f = v128.load(bias, 16)
  let g = v128.load(bias, 32)
  let o = v128.load(bias, 48)
  let w = packed
  for (let k: usize = 0; k < row; k += 4, w += 64) {
    const x = v128.load32_splat(a + k)
    i = f32x4.add(i, f32x4.mul(x, v128.load(w)))
    f = f32x4.add(f, f32x4.mul(x, v128.load(w, 16)))
    g = f32x4.add(g, f32x4.mul(x, v128.load(w, 32)))
    o = f32x4.add(o, f32x4.mul(x, v128.load(w, 48)))
  }
  v128.store(z, i)
  v128.store(z, f, 16)
  v128.store(z, g, 32)
  v128.store(z, o, 48)
}

/** One row alone: two groups at once, twice the independent sums, each in the same order as in a batch. */
// @ts-ignore: decorator
@inline
function twoGroups(z: usize, a: usize, packed: usize, bias: usize, row: usize): void {
  let i0 = v128.load(bias)
  let f0 = v128.load(bias, 16)
  let g0 = v128.load(bias, 32)
  let o0 = v128.load(bias, 48)
  let i1 = v128.load(bias, 64)
  let f1 = v128.load(bias, 80)
  let g1 = v128.load(bias, 96)
  let o1 = v128.load(bias, 112)
  let w = packed
  let second = packed + (row << 4)
  for (let k: usize = 0; k < row; k += 4, w += 64, second += 64) {
    const x = v128.load32_splat(a + k)
    i0 = f32x4.add(i0, f32x4.mul(x, v128.load(w)))
    f0 = f32x4.add(f0, f32x4.mul(x, v128.load(w, 16)))
    g0 = f32x4.add(g0, f32x4.mul(x, v128.load(w, 32)))
    o0 = f32x4.add(o0, f32x4.mul(x, v128.load(w, 48)))
    i1 = f32x4.add(i1, f32x4.mul(x, v128.load(second)))
    f1 = f32x4.add(f1, f32x4.mul(x, v128.load(second, 16)))
    g1 = f32x4.add(g1, f32x4.mul(x, v128.load(second, 32)))
    o1 = f32x4.add(o1, f32x4.mul(x, v128.load(second, 48)))
  }
  v128.store(z, i0)
  v128.store(z, f0, 16)
  v128.store(z, g0, 32)
  v128.store(z, o0, 48)
  v128.store(z, i1, 64)
  v128.store(z, f1, 80)
  v128.store(z, g1, 96)
  v128.store(z, o1, 112)
}

/**
 * Memory, then hidden state of one group; σ(i)·tanh(g) and σ(o)·tanh(c) each as one quotient of e^-x. Two short loops: more
 * rows are under way at once than in one long one.
 */
function remember(out: usize, m: usize, z: usize, B: i32, row: usize, units: usize): void {
  const first = z
  let cell = m
  for (let b = 0; b < B; b++, cell += units, z += 64) {
    const ei = f32x4.add(one(), fade(v128.load(z)))
    const ef = f32x4.add(one(), fade(v128.load(z, 16)))
    const added = tanhOver(ei, v128.load(z, 32))
    v128.store(cell, f32x4.add(f32x4.div(v128.load(cell), ef), added))
  }
  z = first
  for (let b = 0; b < B; b++, out += row, m += units, z += 64) {
    const eo = f32x4.add(one(), fade(v128.load(z, 48)))
    v128.store(out, tanhOver(eo, v128.load(m)))
  }
}

/** Activates one group's gates in place. */
// @ts-ignore: decorator
@inline
function keep(next: usize, gates: usize, memory: usize, memoryTanh: usize, before: usize): void {
  const i = logistic4(v128.load(gates))
  const f = logistic4(v128.load(gates, 16))
  const g = tanh4(v128.load(gates, 32))
  const o = logistic4(v128.load(gates, 48))
  v128.store(gates, i)
  v128.store(gates, f, 16)
  v128.store(gates, g, 32)
  v128.store(gates, o, 48)
  const c = f32x4.add(f32x4.mul(f, v128.load(before)), f32x4.mul(i, g))
  v128.store(memory, c)
  const squashed = tanh4(c)
  v128.store(memoryTanh, squashed)
  v128.store(next, f32x4.mul(o, squashed))
}

/**
 * c = f·c′ + i·g;  h = o·tanh(c): gates as lstmStepKept keeps them become their gradients before activation, dMemory (B,U)
 * passes to c′.
 *
 * dHx (B,K) holds the gradient of h from the step after in its first U columns; dCapacity (B) times v (U) adds the output
 * layer's; memoryTanh, before (B,U).
 */
export function lstmStepBackward(
  gates: usize,
  dMemory: usize,
  dHx: usize,
  dCapacity: usize,
  v: usize,
  memoryTanh: usize,
  before: usize,
  B: i32,
  U: i32,
  group: i32,
): void {
  const units = <usize>U << 2
  for (let u: usize = 0; u < units; u += 16, gates += <usize>group << 2) {
    const output = v128.load(v + u)
    let z = gates
    let at = u
    let dh = dHx + u
    for (let b: usize = 0; b < <usize>B; b++, z += 64, at += units, dh += units + 16) {
      const d = v128.load32_splat(dCapacity + (b << 2))
      passBack(z, dMemory + at, f32x4.add(v128.load(dh), f32x4.mul(d, output)), memoryTanh + at, before + at)
    }
  }
}

// @ts-ignore: decorator
@inline
function passBack(gates: usize, dMemory: usize, dh: v128, memoryTanh: usize, before: usize): void {
  const i = v128.load(gates)
  const f = v128.load(gates, 16)
  const g = v128.load(gates, 32)
  const o = v128.load(gates, 48)
  const squashed = v128.load(memoryTanh)
  const dc = f32x4.add(
    v128.load(dMemory),
    f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one(), f32x4.mul(squashed, squashed))),
  )
  v128.store(gates, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one(), i))))
  v128.store(gates, f32x4.mul(f32x4.mul(dc, v128.load(before)), f32x4.mul(f, f32x4.sub(one(), f))), 16)
  v128.store(gates, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one(), f32x4.mul(g, g))), 32)
  v128.store(gates, f32x4.mul(f32x4.mul(dh, squashed), f32x4.mul(o, f32x4.sub(one(), o))), 48)
  v128.store(dMemory, f32x4.mul(dc, f))
}
