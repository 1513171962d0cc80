// x + rms * ratio * z: noise in proportion to the root mean square of all elements.

#import barrier
#import lib/float

fn snr_quad(x: vec4f, z: vec4f, ratio: vec4f, rms: vec4f) -> vec4f {
  return float_add(x, barrier_quad(float_multiply(rms, ratio) * z));
}
