// Towards zero, as NumPy's astype, as the low byte of a word. Domain: -128 to 255.

fn rounding_byte(x: vec4f) -> vec4u {
  return bitcast<vec4u>(vec4i(x));
}
