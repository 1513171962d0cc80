// Roots of quotients of whole numbers, bit by bit.

#import lib/wide

struct QuotientScaled {
  value: vec3u,
  up: i32,
}

// A sum > 0 as value * 4^up, where the value has `bits` bits or one less: 64 or 80. What lies below is cut off.
fn quotient_scaled(sum: vec3u, bits: u32) -> QuotientScaled {
  let high = select(0u, 1u << (bits - 64u), bits > 64u);
  var s = QuotientScaled(sum, 0);
  while (s.value.z >= max(high, 1u)) {
    let v = s.value;
    s = QuotientScaled(
      vec3u((v.x >> 2u) | (v.y << 30u), (v.y >> 2u) | (v.z << 30u), v.z >> 2u),
      s.up + 1,
    );
  }
  while (quotient_is_short(s.value, high)) {
    let v = s.value;
    s = QuotientScaled(vec3u(v.x << 2u, (v.y << 2u) | (v.x >> 30u), (v.z << 2u) | (v.y >> 30u)), s.up - 1);
  }
  return s;
}

fn quotient_is_short(v: vec3u, high: u32) -> bool {
  if (high == 0u) {
    return v.y < 0x40000000u;
  }
  return v.z < high / 4u;
}

fn quotient_at_most(a: vec4u, b: vec4u) -> bool {
  if (a.w != b.w) { return a.w < b.w; }
  if (a.z != b.z) { return a.z < b.z; }
  if (a.y != b.y) { return a.y < b.y; }
  return a.x <= b.x;
}

// The root of b / a, cut off: the largest f with f^2 a <= b. Domain: roots below 2^25.
fn quotient_root(a: vec2u, b: vec4u) -> u32 {
  var f = 0u;
  for (var bit = 0x1000000u; bit > 0u; bit >>= 1u) {
    let product = wide_times(vec4u(a, 0u, 0u), f | bit);
    if (quotient_at_most(wide_times(product, f | bit), b)) {
      f |= bit;
    }
  }
  return f;
}

// f 2^exponent as the bits of an f32, cut off; 0 below 2^-126, and held below 2^128. Domain: 2^23 <= f < 2^25.
fn quotient_float(f: u32, exponent: i32) -> u32 {
  let large = f >= 0x1000000u;
  let mantissa = select(f, f >> 1u, large) & 0x7fffffu;
  let biased = min(exponent + 150 + select(0, 1, large), 254);
  return select(0u, (u32(biased) << 23u) | mantissa, biased > 0);
}
