// Two standard normals from two random words with the device's own log, sqrt, sin and cos: the right
// statistics, but bits that differ between devices.
// Domain: all words. Range: |z| < 6.7638, and 0 where u rounds to 1.
// Source: Box, Muller, "A note on the generation of random normal deviates", 1958,
// DOI 10.1214/aoms/1177706645.

fn normal_pair(w0: u32, w1: u32) -> vec2f {
  let u = f32(w0) * 0x1p-32f + 0x1p-33f;
  let r = sqrt(max(-2.0 * log(u), 0.0));
  let t = f32(bitcast<i32>(w1)) * 0x1.921fb4p-30f; // pi / 2^31, rounded down: WGSL's sin ends at pi
  return r * vec2f(sin(t), cos(t));
}

// A pair from the first two words, and one from the others.
fn normal_pairs(words: vec4u) -> vec4f {
  return vec4f(normal_pair(words.x, words.y), normal_pair(words.z, words.w));
}
