// A source: mean + std * z. values: (mean, std). Results below 2^-100 in magnitude are 0.

#import barrier
#import lib/float

fn normal_quad(z: vec4f, values: vec4f) -> vec4f {
  let t = barrier_quad(barrier_quad(values.y * z) + values.x);
  return select(t, vec4f(0.0), abs(t) < vec4f(0x1p-100f));
}
