// Sums, products and comparisons of f32 with every case stated, so that all devices agree.
// WGSL lets a device flush subnormals and assume that NaN and infinity never occur; what depends on
// them is therefore decided on the bits, as integers.
// What takes many steps is written for one element: compilers that keep the order of what they are given
// then need few registers.

#import barrier

const FLOAT_MAGNITUDE = 0x7fffffff;
const FLOAT_INFINITY = 0x7f800000;

// x + t. A NaN or infinite x stays as it is; a t below 2^-100 in magnitude adds nothing.
// The second rule keeps subnormals out: if |t| >= 2^-100 then x + t is a multiple of 2^-124 wherever it
// is small enough to matter, hence zero or normal, and a subnormal x is less than half an ulp of t.
fn float_add(x: vec4f, t: vec4f) -> vec4f {
  return vec4f(
    float_add_one(x.x, t.x),
    float_add_one(x.y, t.y),
    float_add_one(x.z, t.z),
    float_add_one(x.w, t.w),
  );
}

fn float_add_one(x: f32, t: f32) -> f32 {
  return select(x + t, x, float_stays(x, t));
}

// Whether x + t counts as x.
fn float_stays(x: f32, t: f32) -> bool {
  let special = (bitcast<i32>(x) & FLOAT_INFINITY) == FLOAT_INFINITY;
  return special | (abs(t) < 0x1p-100f);
}

// x * factor. A NaN x stays one, an infinite x takes the factor's sign; a product below 2^-100 in magnitude
// is 0, and so is that of a subnormal x or factor, which some devices take for 0.
fn float_multiply(x: vec4f, factor: vec4f) -> vec4f {
  return vec4f(
    float_multiply_one(x.x, factor.x),
    float_multiply_one(x.y, factor.y),
    float_multiply_one(x.z, factor.z),
    float_multiply_one(x.w, factor.w),
  );
}

fn float_multiply_one(x: f32, factor: f32) -> f32 {
  let bits = bitcast<i32>(x);
  let exponent = bits & FLOAT_INFINITY;
  let product = barrier(x * factor);
  let subnormal = (exponent == 0) | ((bitcast<i32>(factor) & FLOAT_INFINITY) == 0);
  let none = (abs(product) < 0x1p-100f) | subnormal;
  let special = bitcast<f32>(bits ^ (bitcast<i32>(factor) & ~FLOAT_MAGNITUDE));
  return select(select(product, 0.0, none), special, exponent == FLOAT_INFINITY);
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
  return (bitcast<vec4i>(x) & vec4i(FLOAT_MAGNITUDE)) > vec4i(FLOAT_INFINITY);
}

// The place of x in the order -inf < ... < -0 < +0 < ... < +inf, as a signed integer. Its own inverse.
fn float_order(bits: i32) -> i32 {
  return bits ^ select(0, FLOAT_MAGNITUDE, bits < 0);
}

// The largest float below x.
fn float_below_one(x: f32) -> f32 {
  return bitcast<f32>(float_order(float_order(bitcast<i32>(x)) - 1));
}

// min(max(x, low), high), where -0 < +0; NaN stays NaN. Not by clamp: SPIR-V's is undefined for high < low.
fn float_clamp(x: vec4f, low: vec4f, high: vec4f) -> vec4f {
  return vec4f(
    float_clamp_one(x.x, low.x, high.x),
    float_clamp_one(x.y, low.y, high.y),
    float_clamp_one(x.z, low.z, high.z),
    float_clamp_one(x.w, low.w, high.w),
  );
}

fn float_clamp_one(x: f32, low: f32, high: f32) -> f32 {
  let raised = max(float_order(bitcast<i32>(x)), float_order(bitcast<i32>(low)));
  let order = min(raised, float_order(bitcast<i32>(high)));
  let is_nan = (bitcast<i32>(x) & FLOAT_MAGNITUDE) > FLOAT_INFINITY;
  return select(bitcast<f32>(float_order(order)), x, is_nan);
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
