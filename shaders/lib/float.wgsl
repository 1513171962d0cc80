// Sums, products and comparisons of f32 with every case stated, so that all devices agree.
// WGSL lets a device flush subnormals and assume that NaN and infinity never occur; what depends on
// them is therefore decided on the bits, as integers.

#import barrier

const FLOAT_MAGNITUDE = vec4u(0x7fffffffu);
const FLOAT_INFINITY = vec4u(0x7f800000u);

// x + t. A NaN or infinite x stays as it is; a t below 2^-100 in magnitude adds nothing.
// The second rule keeps subnormals out: if |t| >= 2^-100 then x + t is a multiple of 2^-124 wherever it
// is small enough to matter, hence zero or normal, and a subnormal x is less than half an ulp of t.
fn float_add(x: vec4f, t: vec4f) -> vec4f {
  let special = (bitcast<vec4u>(x) & FLOAT_INFINITY) == FLOAT_INFINITY;
  return select(x + t, x, special | (abs(t) < vec4f(0x1p-100f)));
}

// x * factor. A NaN x stays one, an infinite x takes the factor's sign; a product below 2^-100 in magnitude
// is 0, and so is that of a subnormal x.
fn float_multiply(x: vec4f, factor: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(x);
  let exponent = bits & FLOAT_INFINITY;
  let product = barrier_quad(x * factor);
  let none = (abs(product) < vec4f(0x1p-100f)) | (exponent == vec4u(0u));
  let special = bitcast<vec4f>(bits ^ (bitcast<vec4u>(factor) & ~FLOAT_MAGNITUDE));
  return select(select(product, vec4f(0.0), none), special, exponent == FLOAT_INFINITY);
}

// mean + sigma * z, for z without special cases. (`std` is a reserved word in WGSL.)
fn float_scaled(z: vec4f, mean: vec4f, sigma: vec4f) -> vec4f {
  return barrier_quad(barrier_quad(sigma * z) + mean);
}

// x, or 0 where it is below 2^-100 in magnitude.
fn float_flush(x: vec4f) -> vec4f {
  return select(x, vec4f(0.0), abs(x) < vec4f(0x1p-100f));
}

fn float_is_nan(x: vec4f) -> vec4<bool> {
  return bitcast<vec4i>(bitcast<vec4u>(x) & FLOAT_MAGNITUDE) > bitcast<vec4i>(FLOAT_INFINITY);
}

// The place of x in the order -inf < ... < -0 < +0 < ... < +inf, as a signed integer. Its own inverse.
fn float_order(bits: vec4i) -> vec4i {
  return bits ^ select(vec4i(0), vec4i(0x7fffffff), bits < vec4i(0));
}

// The largest float below x.
fn float_below(x: vec4f) -> vec4f {
  return bitcast<vec4f>(float_order(float_order(bitcast<vec4i>(x)) - vec4i(1)));
}

// min(max(x, low), high), where -0 < +0; NaN stays NaN. Not by clamp: SPIR-V's is undefined for high < low.
fn float_clamp(x: vec4f, low: vec4f, high: vec4f) -> vec4f {
  let raised = max(float_order(bitcast<vec4i>(x)), float_order(bitcast<vec4i>(low)));
  let order = min(raised, float_order(bitcast<vec4i>(high)));
  return select(bitcast<vec4f>(float_order(order)), x, float_is_nan(x));
}

// x brought into [0, high], high finite; NaN becomes 0. Bits of numbers from +0 on have the same order as
// signed integers, and what has a sign bit, NaN or not, is below.
fn float_clamp_positive(x: vec4f, high: f32) -> vec4f {
  let bits = bitcast<vec4i>(x);
  let held = clamp(bits, vec4i(0), bitcast<vec4i>(vec4f(high)));
  return bitcast<vec4f>(select(held, vec4i(0), bits > vec4i(0x7f800000)));
}

// x brought into [low, high]; NaN becomes 0.
fn float_clamp_number(x: vec4f, low: f32, high: f32) -> vec4f {
  return select(float_clamp(x, vec4f(low), vec4f(high)), vec4f(0.0), float_is_nan(x));
}
