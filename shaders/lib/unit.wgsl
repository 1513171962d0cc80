// Uniform numbers of random words.

#import barrier
#import lib/float

// Whole multiples of 2^-24 in [0, 1), exact.
fn unit_quad(words: vec4u) -> vec4f {
  return vec4f(words >> vec4u(8u)) * 0x1p-24f;
}

// (word + 1/2) / 2^32 in (0, 1], rounded to nearest; of ~word, what is left of it up to 1. Small ones have
// all 24 bits of an f32. Both terms are exact, so there is one rounding only, fused or not.
fn unit_open(words: vec4u) -> vec4f {
  let low = vec4f(((words & vec4u(0xffu)) << vec4u(1u)) | vec4u(1u)) * 0x1p-33f;
  return vec4f(words & vec4u(0xffffff00u)) * 0x1p-32f + low;
}

// low + (high - low) * u. The sum may round up to high: it is held at the largest float below.
fn unit_between(words: vec4u, low: vec4f, high: vec4f) -> vec4f {
  let u = unit_quad(words);
  return vec4f(
    unit_between_one(u.x, low.x, high.x),
    unit_between_one(u.y, low.y, high.y),
    unit_between_one(u.z, low.z, high.z),
    unit_between_one(u.w, low.w, high.w),
  );
}

// Where low is not below high, all is held: that is compared on the bits, once for bounds that all elements share.
// Where the product adds nothing, low itself is left. Elsewhere the product is less than the distance of the bounds,
// so that low stays the lower end, and the sum is never subnormal, nor 0 where high is: all devices compare it alike;
// an infinite distance is left to them.
fn unit_between_one(u: f32, low: f32, high: f32) -> f32 {
  let product = barrier(barrier(high - low) * u);
  let stays = float_stays(low, product);
  let y = select(low + product, low, stays);
  let bits = bitcast<i32>(low);
  let is_number = (bits & FLOAT_MAGNITUDE) <= FLOAT_INFINITY;
  let empty = is_number & (float_order(bits) >= float_order(bitcast<i32>(high)));
  return select(y, float_below_one(high), empty | (!stays & (y >= high)));
}
