// x + mean + sigma * z.

#import lib/float

fn noise_quad(x: vec4f, z: vec4f, mean: vec4f, sigma: vec4f) -> vec4f {
  return float_add(x, float_scaled(z, mean, sigma));
}
