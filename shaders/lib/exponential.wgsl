// e^-x and the rest up to the whole, 1 - e^-x, with the same bits on every device.
// Domain: 0 <= x < 1000. Range: [0, 1]; e^-x is 0 where x > 69.6 and it would be below 2^-100.
// Error, relative, measured for 2^22 x: 8.2e-8 in e^-x, 1.42e-7 in 1 - e^-x.
// x = n ln 2 + y with |y| <= ln 2 / 2, and e^-y = 1 - y + y^2 h(y). h is a minimax fit (Lawson's weighted
// least squares, the error relative to y: 1.4e-8), its coefficients rounded to f32 one after the other
// and the rest fitted again. ln 2 comes in two parts, so that n times the first is exact.

#import barrier
#import lib/polynomial

struct Exponential {
  power: vec4f, // e^-x
  rest: vec4f,  // 1 - e^-x
}

fn exponential_quad(x: vec4f) -> Exponential {
  let n = floor(barrier_quad(barrier_quad(x * 0x1.715476p0f) + 0.5));
  let y = barrier_quad(barrier_quad(x - n * 0x1.62e4p-1f) - barrier_quad(n * 0x1.7f7d1cp-20f));

  var h = polynomial_step(vec4f(0x1.6d721ep-10f), y, -0x1.12266ep-7f);
  h = polynomial_step(h, y, 0x1.5554c8p-5f);
  h = polynomial_step(h, y, -0x1.5554b2p-3f);
  h = polynomial_step(h, y, 0.5);

  let small = barrier_quad(barrier_quad(barrier_quad(y * y) * h) - y); // e^-y - 1
  let scale = bitcast<vec4f>((vec4u(127u) - vec4u(min(n, vec4f(100.0)))) << vec4u(23u));
  let power = select(scale * barrier_quad(1.0 + small), vec4f(0.0), n > vec4f(100.0));
  return Exponential(power, select(barrier_quad(1.0 - power), -small, n == vec4f(0.0)));
}
