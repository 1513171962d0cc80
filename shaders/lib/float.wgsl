// Sums and comparisons of f32 with every case stated, so that all devices agree.
// WGSL lets a device flush subnormals and assume that NaN and infinity never occur; what depends on
// them is therefore decided on the bits, as integers.

#import barrier

// x + t. A NaN or infinite x stays as it is; a t below 2^-100 in magnitude adds nothing.
// The second rule keeps subnormals out: if |t| >= 2^-100 then x + t is a multiple of 2^-124 wherever it
// is small enough to matter, hence zero or normal, and a subnormal x is less than half an ulp of t.
fn float_add(x: vec4f, t: vec4f) -> vec4f {
  let exponent = bitcast<vec4u>(x) & vec4u(0x7f800000u);
  let kept = (exponent == vec4u(0x7f800000u)) | (abs(t) < vec4f(0x1p-100f));
  return select(x + t, x, kept);
}

// x * factor for finite x, rounded before anything else is done with it. A subnormal x counts as 0.
fn float_multiply(x: vec4f, factor: vec4f) -> vec4f {
  let exponent = bitcast<vec4u>(x) & vec4u(0x7f800000u);
  return select(barrier_quad(x * factor), vec4f(0.0), exponent == vec4u(0u));
}

fn float_is_nan(x: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(x) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
}

// The place of x in the order -inf < ... < -0 < +0 < ... < +inf, as a signed integer. Its own inverse.
fn float_order(bits: vec4i) -> vec4i {
  return bits ^ ((bits >> vec4u(31u)) & vec4i(0x7fffffff));
}

// x brought into [low, high], where -0 < +0; NaN stays NaN.
fn float_clamp(x: vec4f, low: f32, high: f32) -> vec4f {
  let order = clamp(
    float_order(bitcast<vec4i>(x)),
    float_order(vec4i(bitcast<i32>(low))),
    float_order(vec4i(bitcast<i32>(high))),
  );
  return select(bitcast<vec4f>(float_order(order)), x, float_is_nan(x));
}

// x brought into [low, high]; NaN becomes 0.
fn float_clamp_number(x: vec4f, low: f32, high: f32) -> vec4f {
  return select(float_clamp(x, low, high), vec4f(0.0), float_is_nan(x));
}
