// x * factor, where the factor brings a norm to its limit. Where it is 1, x stays as it is.

#import lib/float

fn clip_norm_quad(x: vec4f, factor: vec4f) -> vec4f {
  return select(float_multiply(x, factor), x, factor == vec4f(1.0));
}
