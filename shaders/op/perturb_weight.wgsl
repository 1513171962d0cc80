// x + x * sigma * z: a change in proportion to the weight; sigma has the sign.

#import barrier
#import lib/float

fn perturb_weight_quad(x: vec4f, z: vec4f, sigma: vec4f) -> vec4f {
  return float_add(x, float_multiply(x, barrier_quad(sigma * z)));
}
