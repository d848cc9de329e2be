/** p·keep − rate·m̂/(√v̂ + spread) of `count` values, a multiple of 4; Kingma & Ba 2015, PyTorch's order of operations. */
export function adam(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  count: i32,
  rate: f32,
  spreadScale: f32,
  keep: f32,
  beta1: f32,
  beta2: f32,
  leastSpread: f32,
): void {
  const b1 = f32x4.splat(beta1)
  const c1 = f32x4.splat(1 - beta1)
  const b2 = f32x4.splat(beta2)
  const c2 = f32x4.splat(1 - beta2)
  const step = f32x4.splat(rate)
  const scale = f32x4.splat(spreadScale)
  const least = f32x4.splat(leastSpread)
  const kept = f32x4.splat(keep)
  const end = (<usize>count) << 2
  for (let i: usize = 0; i < end; i += 16) {
    const gradient = v128.load(g + i)
    const first = f32x4.add(f32x4.mul(b1, v128.load(m + i)), f32x4.mul(c1, gradient))
    const second = f32x4.add(f32x4.mul(b2, v128.load(v + i)), f32x4.mul(c2, f32x4.mul(gradient, gradient)))
    v128.store(m + i, first)
    v128.store(v + i, second)
    const spread = f32x4.add(f32x4.mul(f32x4.sqrt(second), scale), least)
    const change = f32x4.div(f32x4.mul(step, first), spread)
    v128.store(p + i, f32x4.sub(f32x4.mul(v128.load(p + i), kept), change))
  }
}
