// The factor that brings a group to an L2 norm of at most `walk.limit`: min(1, limit / norm), cut off after
// 24 bits, or 0 below 2^-126; 1 for a group with NaN or infinity, whose sum is 0.

#import lib/reduce/quotient
#import lib/reduce/walk

const FINISH_ONE = 0x3f800000u;

fn finish_number(sum: vec3u, scale: u32) -> u32 {
  if (all(sum == vec3u(0u))) {
    return FINISH_ONE;
  }
  // sum = s 4^up with 2^62 <= s < 2^64, and the norm is sqrt(s) 2^(up + scale - 157).
  let s = quotient_scaled(sum, 64u);
  // limit = mantissa 2^(its exponent - 150); limit / norm = f 2^-32 2^(that exponent - 150 + 157 - up - scale).
  let mantissa = (walk.limit & 0x7fffffu) | 0x800000u;
  let f = quotient_root(s.value.xy, vec4u(0u, 0u, wide_multiply(mantissa, mantissa)));
  let factor = quotient_float(f, i32(walk.limit >> 23u) - i32(scale) - s.up - 25);
  return min(factor, FINISH_ONE);
}
