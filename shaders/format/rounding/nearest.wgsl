// To the nearest integer, ties to even, as the low byte of a word. Domain: -128 to 255.
// Numbers from 2^23 to 2^24 have no fraction bits, so adding 1.5 * 2^23 rounds; the sum's low byte is it.

fn rounding_byte(x: vec4f) -> vec4u {
  return bitcast<vec4u>(x + vec4f(0x1.8p23f));
}
