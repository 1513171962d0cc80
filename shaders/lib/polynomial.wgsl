// Polynomials by Horner's scheme, with the same bits on every device: each product is rounded before
// its sum. The one who writes the coefficients down starts with the last: step(step(c2, x, c1), x, c0).

#import barrier

// sum * x + coefficient.
fn polynomial_step(sum: vec4f, x: vec4f, coefficient: f32) -> vec4f {
  return barrier_quad(sum * x) + coefficient;
}

// The same where a function is pieced together from two polynomials of the same degree.
fn polynomial_step_either(
  sum: vec4f,
  x: vec4f,
  first: vec4<bool>,
  coefficient: f32,
  other_coefficient: f32,
) -> vec4f {
  return barrier_quad(sum * x) + select(vec4f(other_coefficient), vec4f(coefficient), first);
}
