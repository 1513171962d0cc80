// x + sigma * z: the same change for every weight; sigma has the sign.

#import barrier
#import lib/float

fn perturb_quad(x: vec4f, z: vec4f, sigma: vec4f) -> vec4f {
  return float_add(x, barrier_quad(sigma * z));
}
