// Poisson(scale * x) / scale: the shot noise of counting. A negative x counts as 0; NaN and infinity stay.

#import lib/float
#import lib/poisson/normal
#import lib/poisson/search

const POISSON_SEARCHED = vec4f(16.0); // rates below are searched for

fn poisson_quad(x: vec4f, words: vec4u, scale: vec4f, inverse_scale: vec4f) -> vec4f {
  let rate = float_clamp_positive(float_multiply(x, scale), 0x1.fffffep127f);
  let small = rate < POISSON_SEARCHED;
  var count = vec4f(0.0);
  if (any(small)) {
    count = poisson_search(words, select(vec4f(0.0), rate, small));
  }
  if (!all(small)) {
    count = select(poisson_from_normal(words, max(rate, POISSON_SEARCHED)), count, small);
  }
  let stays = float_is_nan(x) | (bitcast<vec4i>(x) == vec4i(FLOAT_INFINITY));
  return select(float_multiply(count, inverse_scale), x, stays);
}
