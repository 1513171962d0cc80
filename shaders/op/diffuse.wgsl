// a * x + b * z.

#import barrier
#import lib/float

fn diffuse_quad(x: vec4f, z: vec4f, a: vec4f, b: vec4f) -> vec4f {
  return float_add(float_multiply(x, a), barrier_quad(b * z));
}
