// x + low + (high - low) * u with 0 <= u < 1.

#import lib/float
#import lib/unit

fn uniform_noise_quad(x: vec4f, words: vec4u, low: vec4f, high: vec4f) -> vec4f {
  return float_add(x, unit_between(words, low, high));
}
