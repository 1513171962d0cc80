// Barriers: identities that no compiler can see through, in the form that is fast on software adapters.
// Why, and what each is for: see saturate.wgsl. The bits are the same.

#import lib/barrier/opaque

// For v in [0, 1].
fn barrier_unit(v: vec2f) -> vec2f {
  return barrier_pair(v);
}

// Nothing to hide: barrier does not look at values.
fn barrier_constant(v: f32) -> f32 {
  return v;
}
