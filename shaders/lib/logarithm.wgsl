// -ln(t) of a share t and the rest up to the whole, 1 - t, with the same bits on every device.
// Domain: 2^-100 <= t <= 1, and rest = 1 - t as exact as f32 allows: it takes the place of t where t is near
// 1 and cannot tell. Where t < 1 / sqrt 2 it is not looked at. Range: 0 to 70.
// Error, relative: 8.5e-8 of the t given, measured for every float in [1/4, 1); 1.8e-7 of a random word
// that t = unit_open(word) was rounded from.
// t = m / 2^n with m in [1 / sqrt 2, sqrt 2), and -ln t = n ln 2 - ln(1 + f), where f = m - 1 and
// ln(1 + f) = f - f^2 h(f). h is a minimax fit (Lawson's weighted least squares, the error relative to
// ln(1 + f): 4.2e-9), its coefficients rounded to f32 one after the other and the rest fitted again.
// ln 2 comes in two parts, so that n times the first is exact.

#import barrier
#import lib/polynomial

fn logarithm_quad(t: vec4f, rest: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(t) - vec4u(0x3f3504f3u); // counted from 1 / sqrt 2
  let exponent = bitcast<vec4i>(bits) >> vec4u(23u);
  let m = bitcast<vec4f>((bits & vec4u(0x7fffffu)) + vec4u(0x3f3504f3u));
  let f = select(m - 1.0, -rest, exponent == vec4i(0));

  var h = polynomial_step(vec4f(0x1.39afc2p-4f), f, -0x1.08c9bcp-3f);
  h = polynomial_step(h, f, 0x1.0f2826p-3f);
  h = polynomial_step(h, f, -0x1.225af2p-3f);
  h = polynomial_step(h, f, 0x1.542648p-3f);
  h = polynomial_step(h, f, -0x1.99a526p-3f);
  h = polynomial_step(h, f, 0x1.000434p-2f);
  h = polynomial_step(h, f, -0x1.55554ep-2f);
  h = polynomial_step(h, f, 0x1.fffff8p-2f);

  let small = barrier_quad(barrier_quad(barrier_quad(f * f) * h) - f); // -ln(1 + f)
  let n = vec4f(-exponent);
  return barrier_quad(n * 0x1.62e4p-1f + barrier_quad(barrier_quad(n * 0x1.7f7d1cp-20f) + small));
}
