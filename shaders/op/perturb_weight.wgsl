// x + x * sign * sigma * z: a change in proportion to the weight; sign is 1 or -1.

#import barrier
#import lib/float

fn perturb_weight_quad(x: vec4f, z: vec4f, sigma: vec4f, sign: vec4f) -> vec4f {
  return float_add(x, float_multiply(x, sign * barrier_quad(sigma * z)));
}
