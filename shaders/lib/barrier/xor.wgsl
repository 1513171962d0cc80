// Barriers: identities that no compiler can see through, in the form that is fast on software adapters.
// Why, and what each is for: see saturate.wgsl. The bits are the same.

// 0, which only the host knows: `main` sets it from a uniform.
var<private> barrier_zero: u32;

fn barrier(v: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(v) ^ barrier_zero);
}

fn barrier_quad(v: vec4f) -> vec4f {
  return bitcast<vec4f>(bitcast<vec4u>(v) ^ vec4u(barrier_zero));
}

// For v in [0, 1].
fn barrier_unit(v: f32) -> f32 {
  return barrier(v);
}

// Nothing to hide: barrier does not look at values.
fn barrier_constant(v: f32) -> f32 {
  return v;
}
