// What a core can do at most: compiled apart from the kernels, for the roofline chart alone.

/** 48 operations a pass: six chains of products and six of sums, four lanes each, none waits for another; `by` is 1. */
export function operate(passes: i32, by: f32): f32 {
  const one = f32x4.splat(by)
  let a = f32x4.splat(<f32>1)
  let b = f32x4.splat(<f32>2)
  let c = f32x4.splat(<f32>3)
  let d = f32x4.splat(<f32>4)
  let e = f32x4.splat(<f32>5)
  let f = f32x4.splat(<f32>6)
  let p = a
  let q = b
  let r = c
  let s = d
  let t = e
  let u = f
  for (let i = 0; i < passes; i++) {
    a = f32x4.mul(a, one)
    p = f32x4.add(p, one)
    b = f32x4.mul(b, one)
    q = f32x4.add(q, one)
    c = f32x4.mul(c, one)
    r = f32x4.add(r, one)
    d = f32x4.mul(d, one)
    s = f32x4.add(s, one)
    e = f32x4.mul(e, one)
    t = f32x4.add(t, one)
    f = f32x4.mul(f, one)
    u = f32x4.add(u, one)
  }
  const products = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f))
  const sums = f32x4.add(f32x4.add(f32x4.add(p, q), f32x4.add(r, s)), f32x4.add(t, u))
  return f32x4.extract_lane(f32x4.add(products, sums), 0)
}

/** Reads `bytes`, a multiple of 64, from `from` on. */
export function read(from: usize, bytes: i32): f32 {
  let a = f32x4.splat(0)
  let b = a
  let c = a
  let d = a
  for (const end = from + <usize>bytes; from < end; from += 64) {
    a = v128.or(a, v128.load(from))
    b = v128.or(b, v128.load(from, 16))
    c = v128.or(c, v128.load(from, 32))
    d = v128.or(d, v128.load(from, 48))
  }
  return f32x4.extract_lane(v128.or(v128.or(a, b), v128.or(c, d)), 0)
}
