// IEEE 754 binary16 to and from f32, by our own rule on every device.

// The number that the lower 16 bits stand for, exactly.
fn half_number(half: vec4u) -> vec4f {
  let magnitude = half & vec4u(0x7fffu);
  let shifted = magnitude << vec4u(13u);
  // Subnormals are whole multiples of 2^-24.
  let tiny = bitcast<vec4u>(vec4f(magnitude) * 0x1p-24f);
  let finite = select(shifted + vec4u(112u << 23u), tiny, magnitude < vec4u(0x400u));
  let bits = select(finite, shifted | vec4u(0x7f800000u), magnitude >= vec4u(0x7c00u));
  return bitcast<vec4f>(bits | ((half & vec4u(0x8000u)) << vec4u(16u)));
}

// To nearest even, beyond 65519 to infinity, below 2^-14 to subnormals; every NaN becomes 0x7e00.
fn half_of(x: vec4f) -> vec4u {
  let bits = bitcast<vec4u>(x);
  let magnitude = bits & vec4u(0x7fffffffu);
  // Half an ulp less one, and one more where the last bit kept is odd: nearest, ties to even.
  let odd = (magnitude >> vec4u(13u)) & vec4u(1u);
  let rounded = (magnitude + vec4u(0xfffu) + odd - vec4u(112u << 23u)) >> vec4u(13u);
  // Below 2^-14: the last bits of 1/2 are worth 2^-24.
  let tiny = bitcast<vec4u>(bitcast<vec4f>(magnitude) + vec4f(0.5)) - vec4u(0x3f000000u);
  let finite = select(rounded, tiny, magnitude < vec4u(0x38800000u));
  let number = select(finite, vec4u(0x7c00u), magnitude >= vec4u(0x47800000u));
  let signed = number | ((bits >> vec4u(16u)) & vec4u(0x8000u));
  return select(signed, vec4u(0x7e00u), magnitude > vec4u(0x7f800000u));
}
