// Two standard normals from two random words, with the same bits on every device.
// Domain: all words. Range: 1e-12 < |z| < 6.7638. Error: 9.4e-8 rms, below 2.5e-6 anywhere.
// Source: Box, Muller, "A note on the generation of random normal deviates", 1958,
// DOI 10.1214/aoms/1177706645: r = sqrt(-2 ln u) and an angle t give r sin t and r cos t.
// There is no log, sqrt, sin or division here, whose bits differ between devices: only integers and f32
// sums and products, each product behind a barrier. DERIVATION.md tells where every constant is from.

#import barrier

// -log2(u) / 256 as a fraction (p, q), where u = (word + 1/2) / 2^32.
// With 2 u = m / 2^k, m in [1, 2), and y = 2 - m it is k + l(y) = k + p(y) / q(y).
fn normal_log2(word: u32) -> vec2f {
  // 2 u comes in two parts; the low one counts towards y if u >= 1/2, where y may be that small.
  let low = f32(word & 0xffu) * 0x1p-31f + 0x1p-32f;
  let upper_half = word >= 0x80000000u;
  let twice = f32(word & 0xffffff00u) * 0x1p-31f + select(low, 0.0, upper_half);
  let m = (bitcast<u32>(twice) & 0x7fffffu) | 0x3f800000u;
  let y = barrier_unit(barrier_constant(2.0) - bitcast<f32>(m)) - select(0.0, low, upper_half);
  let k = f32(bitcast<i32>(m - bitcast<u32>(twice))) * 0x1p-31f; // k / 2^8

  let q3 = barrier_unit(0x1.3ffe1p-7f * y);
  let q2 = barrier_unit((0x1.80726cp-3f - q3) * y);
  let q = 1.0 - barrier_unit((0x1.a48c16p-1f - q2) * y);

  let p2 = barrier_unit(0x1.8431aap-13f * y);
  let p1 = barrier_unit((0x1.a60e04p-10f - p2) * y);
  let p = barrier_unit((0x1.715474p-9f - p1) * y);
  return vec2f(p + barrier_unit(k * q), q);
}

// A vector at the angle pi x, as (sin, cos) times some common length, where x in (-1/2, 1/2) is the word
// as a signed fraction of two turns, whole half turns left out.
// sin / cos = x g(x^2) / (1/4 - x^2), and g(z) = (1/4 - z) tan(pi sqrt z) / sqrt z is close to a polynomial.
fn normal_direction(word: u32) -> vec2f {
  let x = f32(bitcast<i32>(word << 1u) >> 8u) * barrier_constant(0x1p-24f) + 0x1p-25f;
  let z = barrier_unit(x * x);
  let g4 = barrier_unit(barrier_constant(0x1.dcf922p-6f) * z);
  let g3 = barrier_unit((0x1.a3c86cp-5f + g4) * z);
  let g2 = barrier_unit((0x1.1441ep-3f + g3) * z);
  let g1 = barrier_unit((0x1.1d8f1p-1f + g2) * z);
  return vec2f(barrier(x * (0x1.921fb4p-1f - g1)), barrier_constant(0.25) - z);
}

// sqrt(-2 ln u) over the length of the direction, where (p, q) = normal_log2:
// p / sqrt(p q length^2) by a guess from the bits and two steps that refine it.
fn normal_radius(p: f32, q: f32, direction: vec2f) -> f32 {
  let squared = barrier_unit(direction.x * direction.x) + barrier_unit(direction.y * direction.y);
  let s = barrier_unit(barrier_unit(p * q) * squared);
  let guess = bitcast<f32>(0x5ea29600u - (bitcast<u32>(s) >> 1u));
  let e0 = barrier_unit(barrier_unit(s * guess) * guess);
  let step1 = 0x1.3a19bep-1f - e0;
  let e1 = barrier_unit(barrier_unit(e0 * step1) * step1);
  let step2 = 0x1.7e4152p7f - barrier_unit((0x1.d253b8p-4f - e1) * e1) * 0x1p15f; // exact: a power of 2
  return barrier_unit(barrier_unit(p * guess) * step1) * step2;
}

fn normal_pair(w0: u32, w1: u32) -> vec2f {
  let log2 = normal_log2(w0);
  let direction = normal_direction(w1);
  let r = normal_radius(log2.x, log2.y, direction);
  let half_turn = (w1 + 0x40000000u) & 0x80000000u; // the sign bit where the cosine is negative
  return bitcast<f32>(bitcast<u32>(r) | half_turn) * direction;
}
