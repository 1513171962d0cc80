// Two standard normals from each two random words, with the same bits on every device.
// Domain: all words. Range: 1e-12 < |z| < 6.7638. Error: 9.4e-8 rms, below 2.5e-6 anywhere.
// Source: Box, Muller, "A note on the generation of random normal deviates", 1958,
// DOI 10.1214/aoms/1177706645: r = sqrt(-2 ln u) and an angle t give r sin t and r cos t.
// Two pairs are made side by side: each product waits for the one before, and processors do both meanwhile.
// There is no log, sqrt, sin or division here, whose bits differ between devices: only integers and f32
// sums and products, each product behind a barrier. DERIVATION.md tells where every constant is from.

#import barrier

// -log2(u) / 256 as fractions p / q, where u = (word + 1/2) / 2^32.
struct NormalLog2 {
  p: vec2f,
  q: vec2f,
}

// With 2 u = m / 2^k, m in [1, 2), and y = 2 - m it is k + l(y) = k + p(y) / q(y).
fn normal_log2(words: vec2u) -> NormalLog2 {
  // 2 u comes in two parts; the low one counts towards y if u >= 1/2, where y may be that small.
  let low = vec2f(words & vec2u(0xffu)) * 0x1p-31f + 0x1p-32f;
  let upper_half = bitcast<vec2i>(words) < vec2i(0);
  let twice = vec2f(words & vec2u(0xffffff00u)) * 0x1p-31f + select(low, vec2f(0.0), upper_half);
  let m = (bitcast<vec2u>(twice) & vec2u(0x7fffffu)) | vec2u(0x3f800000u);
  let rest = select(vec2f(0.0), low, upper_half);
  let y = barrier_unit(barrier_constant(2.0) - bitcast<vec2f>(m)) - rest;
  let k = vec2f(bitcast<vec2i>(m - bitcast<vec2u>(twice))) * 0x1p-31f; // k / 2^8

  let q3 = barrier_unit(0x1.3ffe1p-7f * y);
  let q2 = barrier_unit((0x1.80726cp-3f - q3) * y);
  let q = 1.0 - barrier_unit((0x1.a48c16p-1f - q2) * y);

  let p2 = barrier_unit(0x1.8431aap-13f * y);
  let p1 = barrier_unit((0x1.a60e04p-10f - p2) * y);
  let p = barrier_unit((0x1.715474p-9f - p1) * y);
  return NormalLog2(p + barrier_unit(k * q), q);
}

// Vectors in some direction, of some length.
struct NormalDirection {
  sine: vec2f,
  cosine: vec2f,
}

// At the angle pi x, where x in (-1/2, 1/2) is the word as a signed fraction of two turns, whole half turns
// left out.
// sin / cos = x g(x^2) / (1/4 - x^2), and g(z) = (1/4 - z) tan(pi sqrt z) / sqrt z is close to a polynomial.
fn normal_direction(words: vec2u) -> NormalDirection {
  let fraction = bitcast<vec2i>((words + words) & vec2u(0xffffff00u));
  let x = vec2f(fraction) * barrier_constant(0x1p-32f) + 0x1p-25f;
  let z = barrier_unit(x * x);
  let g4 = barrier_unit(barrier_constant(0x1.dcf922p-6f) * z);
  let g3 = barrier_unit((0x1.a3c86cp-5f + g4) * z);
  let g2 = barrier_unit((0x1.1441ep-3f + g3) * z);
  let g1 = barrier_unit((0x1.1d8f1p-1f + g2) * z);
  return NormalDirection(barrier_pair(x * (0x1.921fb4p-1f - g1)), barrier_constant(0.25) - z);
}

// sqrt(-2 ln u) over the length of the direction: p / sqrt(p q length^2) by a guess from the bits and two
// steps that refine it.
fn normal_radius(log2: NormalLog2, direction: NormalDirection) -> vec2f {
  let sine_squared = barrier_unit(direction.sine * direction.sine);
  let squared = sine_squared + barrier_unit(direction.cosine * direction.cosine);
  let s = barrier_unit(barrier_unit(log2.p * log2.q) * squared);
  let guess = bitcast<vec2f>(vec2u(0x5ea29600u) - (bitcast<vec2u>(s) >> vec2u(1u)));
  let e0 = barrier_unit(barrier_unit(s * guess) * guess);
  let step1 = 0x1.3a19bep-1f - e0;
  let e1 = barrier_unit(barrier_unit(e0 * step1) * step1);
  let step2 = 0x1.7e4152p7f - barrier_unit((0x1.d253b8p-4f - e1) * e1) * 0x1p15f; // exact: a power of 2
  return barrier_unit(barrier_unit(log2.p * guess) * step1) * step2;
}

// A pair from the first two words, and one from the others.
fn normal_pairs(words: vec4u) -> vec4f {
  let direction = normal_direction(words.yw);
  let r = normal_radius(normal_log2(words.xz), direction);
  // The sign bit where the cosine is negative.
  let half_turn = (words.yw + vec2u(0x40000000u)) & vec2u(0x80000000u);
  let signed = bitcast<vec2f>(bitcast<vec2u>(r) | half_turn);
  return vec4f(signed * direction.sine, signed * direction.cosine).xzyw;
}

fn normal_pair(w0: u32, w1: u32) -> vec2f {
  return normal_pairs(vec4u(w0, w1, w0, w1)).xy;
}
