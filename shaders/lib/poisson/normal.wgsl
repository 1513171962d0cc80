// Poisson-distributed whole numbers of random words, rate >= 16, from the normal number z at the same place
// of its distribution: floor(rate + sqrt(rate) z + (2 + z^2) / 6 - (2 z + z^3) / (72 sqrt(rate))
// + (-16 + 7 z^2 + 3 z^4) / (810 rate)), at least 0.
// Error: in the distribution function 1.8e-5 at rate 16, 7.2e-6 at 24, 1e-6 at 64 and falling as rate^(-3/2)
// to 1e-7; counts beyond 2^24 are rounded to f32.
// Source: Giles, "Algorithm 955: approximation of the inverse Poisson cumulative distribution function",
// 2016, DOI 10.1145/2699466: the expansion Q_N3.

#import barrier
#import lib/logarithm
#import lib/polynomial
#import lib/root
#import lib/tail
#import lib/unit

fn poisson_from_normal(words: vec4u, rate: vec4f) -> vec4f {
  let lower_half = words < vec4u(0x80000000u);
  let tail = unit_open(select(~words, words, lower_half));
  let size = tail_quantile(logarithm_quad(tail, 1.0 - tail));
  let z = select(size, -size, lower_half);
  let inverse_root = root_inverse(rate);
  let root = barrier_quad(rate * inverse_root);
  let square = barrier_quad(z * z);

  let order_1 = polynomial_step(vec4f(0x1.555556p-3f), square, 0x1.555556p-2f);
  let order_2 = polynomial_step(vec4f(-0x1.c71c72p-7f), square, -0x1.c71c72p-6f);
  let order_3 = polynomial_step(vec4f(0x1.e573acp-9f), square, 0x1.1b2e24p-7f);
  let from_3 = barrier_quad(polynomial_step(order_3, square, -0x1.43a274p-6f) * inverse_root);
  let from_2 = barrier_quad((barrier_quad(z * order_2) + from_3) * inverse_root);
  // The rate's whole part stays out of the sum, which would round it off.
  let whole = floor(rate);
  let correction = barrier_quad(barrier_quad(order_1) + from_2);
  let sum = barrier_quad(root * z) + barrier_quad(correction + barrier_quad(rate - whole));
  return max(whole + floor(sum), vec4f(0.0));
}
