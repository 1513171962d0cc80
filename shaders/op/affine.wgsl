// x * scale + shift.

#import lib/float

fn affine_quad(x: vec4f, scale: vec4f, shift: vec4f) -> vec4f {
  return float_add(float_multiply(x, scale), shift);
}
