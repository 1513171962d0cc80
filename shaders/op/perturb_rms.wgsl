// x + rms * sign * sigma * z: a change in units of the root mean square of all weights; sign is 1 or -1.

#import barrier
#import lib/float

fn perturb_rms_quad(x: vec4f, z: vec4f, sigma: vec4f, sign: vec4f, rms: vec4f) -> vec4f {
  return float_add(x, float_multiply(rms, sign * barrier_quad(sigma * z)));
}
