// x + mean + std * z. values: (mean, std).

#import barrier
#import lib/float

fn noise_quad(x: vec4f, z: vec4f, values: vec4f) -> vec4f {
  let t = barrier_quad(barrier_quad(values.y * z) + values.x);
  return float_add(x, t);
}
