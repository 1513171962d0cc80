// x + sign * sigma * z: the same change for every weight; sign is 1 or -1.

#import barrier
#import lib/float

fn perturb_quad(x: vec4f, z: vec4f, sigma: vec4f, sign: vec4f) -> vec4f {
  return float_add(x, sign * barrier_quad(sigma * z));
}
