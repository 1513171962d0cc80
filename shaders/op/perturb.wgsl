// x + std * z: the same change for every weight. values: (sign * std).

#import barrier
#import lib/float

fn perturb_quad(x: vec4f, z: vec4f, values: vec4f) -> vec4f {
  return float_add(x, barrier_quad(values.x * z));
}
