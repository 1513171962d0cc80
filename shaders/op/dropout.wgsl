// 0 with probability rate, else x * scale.

#import lib/float
#import lib/unit

fn dropout_quad(x: vec4f, words: vec4u, rate: vec4f, scale: vec4f) -> vec4f {
  return select(float_multiply(x, scale), vec4f(0.0), unit_quad(words) < rate);
}
