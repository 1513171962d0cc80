// x + x * (mean + sigma * z): noise in proportion to the signal.

#import lib/float

fn speckle_quad(x: vec4f, z: vec4f, mean: vec4f, sigma: vec4f) -> vec4f {
  return float_add(x, float_multiply(x, float_scaled(z, mean, sigma)));
}
