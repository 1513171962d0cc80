// min(max(x, low), high); NaN stays NaN.

#import lib/float

fn clip_quad(x: vec4f, low: vec4f, high: vec4f) -> vec4f {
  return float_clamp(x, low, high);
}
