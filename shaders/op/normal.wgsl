// A source: mean + sigma * z. Results below 2^-100 in magnitude are 0.

#import lib/float

fn normal_quad(z: vec4f, mean: vec4f, sigma: vec4f) -> vec4f {
  return float_flush(float_scaled(z, mean, sigma));
}
