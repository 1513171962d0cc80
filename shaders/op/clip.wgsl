// min(max(x, low), high); NaN stays NaN. values: (min, max).

#import lib/float

fn clip_quad(x: vec4f, values: vec4f) -> vec4f {
  return float_clamp(x, values.x, values.y);
}
