// Whether an op is applied to an element: with the probability p of its draw.

#import lib/params
#import lib/unit

fn apply_quad(draw: u32, words: vec4u) -> vec4<bool> {
  return unit_quad(words) < vec4f(params.draws[draw].p);
}
