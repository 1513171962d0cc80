// Factors of norms, from sums of squares. A sum is a whole number of 96 bits, in units of
// 2^(2 (scale - 157)).

#import lib/wide

const NORM_ONE = 0x3f800000u;

fn norm_at_most(a: vec4u, b: vec4u) -> bool {
  if (a.w != b.w) { return a.w < b.w; }
  if (a.z != b.z) { return a.z < b.z; }
  if (a.y != b.y) { return a.y < b.y; }
  return a.x <= b.x;
}

// min(1, limit / norm), cut off after 24 bits, as the bits of an f32. Domain: normal limits > 0.
fn norm_factor(sum: vec3u, scale: u32, limit: u32) -> u32 {
  if (all(sum == vec3u(0u))) {
    return NORM_ONE;
  }
  // sum = s * 4^halvings with 2^62 <= s < 2^64.
  var s = sum;
  var halvings = 0;
  while (s.z != 0u) {
    s = vec3u((s.x >> 2u) | (s.y << 30u), (s.y >> 2u) | (s.z << 30u), s.z >> 2u);
    halvings += 1;
  }
  while (s.y < 0x40000000u) {
    s = vec3u(s.x << 2u, (s.y << 2u) | (s.x >> 30u), 0u);
    halvings -= 1;
  }
  // The largest f with f^2 s <= mantissa^2 2^64, bit by bit: 2^23 <= f < 2^25.
  let mantissa = (limit & 0x7fffffu) | 0x800000u;
  let most = vec4u(0u, 0u, wide_multiply(mantissa, mantissa));
  var f = 0u;
  for (var bit = 0x1000000u; bit > 0u; bit >>= 1u) {
    let product = wide_times(vec4u(s.xy, 0u, 0u), f | bit);
    if (norm_at_most(wide_times(product, f | bit), most)) {
      f |= bit;
    }
  }
  // limit = mantissa 2^(its exponent - 150), and the norm is sqrt(s) 2^(halvings + scale - 157).
  var exponent = i32(limit >> 23u) - i32(scale) - halvings + 125;
  if (f >= 0x1000000u) {
    f >>= 1u;
    exponent += 1;
  }
  if (exponent >= 127) {
    return NORM_ONE;
  }
  return select(0u, (u32(exponent) << 23u) | (f & 0x7fffffu), exponent > 0);
}
