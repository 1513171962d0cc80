// bf16: the upper half of an f32, two elements to a word. Stored to nearest even; every NaN becomes 0x7fc0.

#import lib/packed/halves

fn format_load(quad: u32) -> vec4f {
  return bitcast<vec4f>(halves_load(quad) << vec4u(16u));
}

fn format_store(quad: u32, x: vec4f) {
  let bits = bitcast<vec4u>(x);
  // Half an ulp less one, and one more where the last bit kept is odd: nearest, ties to even.
  let odd = (bits >> vec4u(16u)) & vec4u(1u);
  let rounded = (bits + vec4u(0x7fffu) + odd) >> vec4u(16u);
  let nan = (bits & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  halves_store(quad, select(rounded, vec4u(0x7fc0u), nan));
}
