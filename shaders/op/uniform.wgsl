// A source: low + (high - low) * u with u = (word >> 8) * 2^-24, so 0 <= u < 1 in steps of 2^-24, exact.
// The sum may round up to high: it is held at the largest float below. values: (low, high - low, largest).

#import barrier
#import lib/float

fn uniform_quad(words: vec4u, values: vec4f) -> vec4f {
  let u = vec4f(words >> vec4u(8u)) * 0x1p-24f;
  let y = float_add(vec4f(values.x), barrier_quad(values.y * u));
  return float_clamp(y, values.x, values.z);
}
