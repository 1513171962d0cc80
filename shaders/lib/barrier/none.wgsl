// No barriers, for native math, where the compiler may fuse what it likes.

var<private> barrier_zero: u32;

fn barrier(v: f32) -> f32 {
  return v;
}

fn barrier_quad(v: vec4f) -> vec4f {
  return v;
}
