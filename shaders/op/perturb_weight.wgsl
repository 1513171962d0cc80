// x + x * std * z: a change in proportion to the weight. values: (sign * std).

#import barrier
#import lib/float

fn perturb_weight_quad(x: vec4f, z: vec4f, values: vec4f) -> vec4f {
  return float_add(x, float_multiply(x, barrier_quad(values.x * z)));
}
