// x + mean + sigma * z with z standard normal, given that it lies in [low, high]; low <= 12, high >= -12.

#import lib/float
#import lib/truncated

fn truncated_normal_quad(
  x: vec4f,
  words: vec4u,
  mean: vec4f,
  sigma: vec4f,
  low: vec4f,
  high: vec4f,
) -> vec4f {
  return float_add(x, float_scaled(truncated_between(words, low, high), mean, sigma));
}
