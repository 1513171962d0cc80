// A source: low + (high - low) * u with 0 <= u < 1.

#import lib/unit

fn uniform_quad(words: vec4u, low: vec4f, high: vec4f) -> vec4f {
  return unit_between(words, low, high);
}
