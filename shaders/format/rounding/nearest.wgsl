// To the nearest integer, ties to even. Domain: 0 to 255.
// Numbers from 2^23 on have no fraction bits, so adding 2^23 rounds to an integer, which the low byte holds.

fn rounding_byte(x: vec4f) -> vec4u {
  return bitcast<vec4u>(x + vec4f(0x1p23f)) & vec4u(0xffu);
}
