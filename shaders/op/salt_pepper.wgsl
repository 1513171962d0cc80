// high with probability salt, low with probability p - salt, else x.

#import lib/unit

fn salt_pepper_quad(
  x: vec4f,
  words: vec4u,
  p: vec4f,
  salt: vec4f,
  low: vec4f,
  high: vec4f,
) -> vec4f {
  let u = unit_quad(words);
  return select(x, select(low, high, u < salt), u < p);
}
