// 1 / sqrt(v) with the same bits on every device.
// Domain: 2^-100 <= v < infinity. Error: 9.93e-8 relative, measured for every v in [1, 4).
// Source: the guess from the bits (0x5f3759df, within 3.5 %) is from Lomont, "Fast inverse square root",
// 2003; each step is the series of (1 - rest)^(-1/2) up to rest^2 and leaves (5/16) rest^3, under 1e-12
// after two.

#import barrier

fn root_inverse(v: vec4f) -> vec4f {
  let guess = bitcast<vec4f>(vec4u(0x5f3759dfu) - (bitcast<vec4u>(v) >> vec4u(1u)));
  return root_step(v, root_step(v, guess));
}

fn root_step(v: vec4f, guess: vec4f) -> vec4f {
  let rest = barrier_quad(1.0 - barrier_quad(barrier_quad(v * guess) * guess));
  let share = barrier_quad(rest * (0.5 + barrier_quad(0.375 * rest)));
  return barrier_quad(guess + barrier_quad(guess * share));
}
