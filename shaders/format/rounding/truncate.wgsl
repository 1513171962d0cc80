// Towards zero, as NumPy's astype. Domain: 0 to 255.

fn rounding_byte(x: vec4f) -> vec4u {
  return vec4u(x);
}
