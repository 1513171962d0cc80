// Uniform numbers of random words.

#import barrier
#import lib/float

// Whole multiples of 2^-24 in [0, 1), exact.
fn unit_quad(words: vec4u) -> vec4f {
  return vec4f(words >> vec4u(8u)) * 0x1p-24f;
}

// (word + 1/2) / 2^32 in (0, 1], rounded to nearest; of ~word, what is left of it up to 1. Small ones have
// all 24 bits of an f32. Both terms are exact, so there is one rounding only, fused or not.
fn unit_open(words: vec4u) -> vec4f {
  let low = vec4f(((words & vec4u(0xffu)) << vec4u(1u)) | vec4u(1u)) * 0x1p-33f;
  return vec4f(words & vec4u(0xffffff00u)) * 0x1p-32f + low;
}

// low + (high - low) * u. The sum may round up to high: it is held at the largest float below.
fn unit_between(words: vec4u, low: vec4f, high: vec4f) -> vec4f {
  let span = barrier_quad(high - low);
  let y = float_add(low, barrier_quad(span * unit_quad(words)));
  return float_clamp(y, low, float_below(high));
}
