// The upper tail of the standard normal distribution, Q(z) = P(Z > z), by its negative logarithm
// s = -ln Q(z), with the same bits on every device. At z = 0 s is ln 2, at z = 14 it is 101.56.
// The polynomials are minimax fits (Lawson's weighted least squares) to float64 values of
// -ln(erfc(z / sqrt 2) / 2), their coefficients rounded to f32 one after the other and the rest fitted again.

#import barrier
#import lib/polynomial
#import lib/root

const TAIL_END = vec4f(14.0);

// s of |z|; what lies beyond 14 counts as 14. Error: 2.8e-7 relative, measured for 2^21 z.
// s = z^2 / 2 + g(z), where g is nearly a logarithm: two polynomials, within 4.4e-8, for [0, 4) and [4, 14].
fn tail_logarithm(z: vec4f) -> vec4f {
  let a = min(abs(z), TAIL_END);
  let near = a < vec4f(4.0);
  let x = barrier_quad(a - select(TAIL_END, vec4f(2.0), near));
  var g = select(vec4f(0x1.b530c8p-33f), vec4f(-0x1.c61c98p-23f), near);
  g = polynomial_step_either(g, x, near, 0x1.463bfep-21f, 0x1.e11f86p-28f);
  g = polynomial_step_either(g, x, near, 0x1.21bc58p-19f, 0x1.e7d3e8p-24f);
  g = polynomial_step_either(g, x, near, -0x1.f0a414p-16f, 0x1.071cfap-20f);
  g = polynomial_step_either(g, x, near, 0x1.faa878p-13f, 0x1.77adfcp-18f);
  g = polynomial_step_either(g, x, near, -0x1.ae414cp-10f, 0x1.6a3e9cp-17f);
  g = polynomial_step_either(g, x, near, 0x1.442fe6p-7f, 0x1.2f5b28p-13f);
  g = polynomial_step_either(g, x, near, -0x1.d4178ap-5f, -0x1.40e81p-9f);
  g = polynomial_step_either(g, x, near, 0x1.7e2c2ep-2f, 0x1.21b34cp-4f);
  g = polynomial_step_either(g, x, near, 0x1.c87ec6p0f, 0x1.c81188p1f);
  return barrier_quad(barrier_quad(0.5 * a * a) + barrier_quad(g));
}

// z >= 0 of s, its inverse, for ln 2 <= s <= 102. Error: 2.7e-7 max(1, z), measured for 2^21 s.
// z = sqrt(s) p(1 / sqrt(s)), since z goes as sqrt(2 s): two polynomials, within 6.1e-8 of z up to 3.25
// and 5.9e-9 of it beyond. The first is in 1 / sqrt(ln 2) - 1 / sqrt(s), which is 0 where z is.
fn tail_quantile(s: vec4f) -> vec4f {
  let inverse = root_inverse(s);
  let near = s < vec4f(7.4375);
  let x = select(inverse, barrier_quad(0x1.337cc2p0f - inverse), near);
  var p = select(vec4f(-0x1.54d728p5f), vec4f(-0x1.db48cap-6f), near);
  p = polynomial_step_either(p, x, near, 0x1.138bc6p-4f, 0x1.7647dcp6f);
  p = polynomial_step_either(p, x, near, -0x1.5484eap-4f, -0x1.6e64a2p6f);
  p = polynomial_step_either(p, x, near, 0x1.19adb4p-5f, 0x1.aad0fp5f);
  p = polynomial_step_either(p, x, near, -0x1.656138p-5f, -0x1.5404f8p4f);
  p = polynomial_step_either(p, x, near, -0x1.2a56ep-4f, 0x1.b45102p2f);
  p = polynomial_step_either(p, x, near, -0x1.1e5c94p-2f, -0x1.596838p1f);
  p = polynomial_step_either(p, x, near, 0x1.bccadcp0f, -0x1.481d58p-5f);
  p = polynomial_step_either(p, x, near, 0.0, 0x1.6a296ep0f);
  return barrier_quad(barrier_quad(s * inverse) * p);
}
