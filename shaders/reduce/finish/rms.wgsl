// The root of a group's mean square, cut off after 24 bits, or 0 below 2^-126; 0 for a group with NaN or
// infinity, whose sum is 0.

#import lib/reduce/quotient
#import lib/reduce/walk

fn finish_number(sum: vec3u, scale: u32) -> u32 {
  if (all(sum == vec3u(0u))) {
    return 0u;
  }
  // sum = s 4^up with 2^78 <= s < 2^80, and the size = n 4^-fours with 2^30 <= n < 2^32.
  let s = quotient_scaled(sum, 80u);
  let fours = countLeadingZeros(walk.size) / 2u;
  // The root of the mean square is sqrt(s / n) 2^(up + fours + scale - 157).
  let f = quotient_root(vec2u(walk.size << (2u * fours), 0u), vec4u(s.value, 0u));
  return quotient_float(f, i32(fours) + i32(scale) + s.up - 157);
}
