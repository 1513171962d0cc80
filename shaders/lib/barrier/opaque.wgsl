// Barriers for any value, by a run-time 0. Why there are barriers: see saturate.wgsl.

// 0, which only the host knows: `main` sets it from a uniform.
var<private> barrier_zero: u32;

fn barrier(v: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(v) ^ barrier_zero);
}

fn barrier_pair(v: vec2f) -> vec2f {
  return bitcast<vec2f>(bitcast<vec2u>(v) ^ vec2u(barrier_zero));
}

fn barrier_quad(v: vec4f) -> vec4f {
  return bitcast<vec4f>(bitcast<vec4u>(v) ^ vec4u(barrier_zero));
}
