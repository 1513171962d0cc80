// x + mean + scale * e with e Laplace-distributed: an exponential number with a random sign.
// The word's upper bit is the sign; of the others comes u = (word mod 2^31 + 1/4) / 2^31, and |e| = -ln u.

#import lib/float
#import lib/logarithm
#import lib/unit

fn laplace_quad(x: vec4f, words: vec4u, mean: vec4f, scale: vec4f) -> vec4f {
  let doubled = words << vec4u(1u);
  let magnitude = logarithm_quad(unit_open(doubled), unit_open(~doubled));
  let e = bitcast<vec4f>(bitcast<vec4u>(magnitude) | (words & vec4u(0x80000000u)));
  return float_add(x, float_scaled(e, mean, scale));
}
