// Barriers: identities that no compiler can see through, in the form that is fast on graphics hardware.
// WGSL lets a compiler fuse x * y + z and regroup sums and products, and each way rounds differently.
// A product behind a barrier is rounded to f32 first, everywhere.
// saturate costs nothing where it is an output modifier, as on AMD, and it cannot be left out as long as
// nothing else shows that its argument lies in [0, 1]; barrier_constant hides what would.

#import lib/barrier/opaque

// For v in [0, 1].
fn barrier_unit(v: vec2f) -> vec2f {
  return saturate(v);
}

// For a constant from whose value it would follow that a barrier_unit changes nothing.
fn barrier_constant(v: f32) -> f32 {
  return barrier(v);
}
