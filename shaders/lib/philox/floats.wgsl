// The products of Philox with help of f32: the form for SwiftShader, where a shift is done lane by lane and
// takes sixteen instructions. The words are the same. Other compilers may regroup its sums.
//
// The low word is an integer product. For the high one let a = 2^31 + 2^16 t + l, -2^15 <= t < 2^15,
// 0 <= l < 2^16, and the odd multiplier M = 2^16 m + n. Then
//   a M / 2^32 = (M - 1) / 2 + t m + rest, where rest = t (n / 2^16) + l (M / 2^32) + 1/2,
// and the high word is the same with rest rounded down. f32 gives rest to within 2^-6: its terms are below
// 2^16, and M / 2^32 is rounded. Whether its fraction is below 1/2 is exact: the low word's upper bit. So
// rest - 1/2 + 1/4 if it is, else rest - 1/2 - 1/4, is within 1/4 + 2^-6 of the integer that is wanted.

// Added to an integer between -2^22 and 2^22, or to what is near one: the f32 whose bits are those of
// 1.5 * 2^23 plus the integer.
const PHILOX_INTEGER = 0x1.8p23f;
const PHILOX_INTEGER_BITS = 0x4b400000u;

fn philox_high(a: u32, low: u32, m: u32, n: f32, multiplier: f32, half: u32) -> u32 {
  let t = f32(bitcast<i32>((a & 0xffff0000u) ^ 0x80000000u)) * 0x1p-16f;
  let l = f32(bitcast<i32>(a & 0xffffu));
  let quarter = bitcast<f32>((low & 0x80000000u) | 0x3e800000u);
  let rest = (t * (n * 0x1p-16f) + l * (multiplier * 0x1p-32f)) + quarter;
  let integers = bitcast<u32>(t + PHILOX_INTEGER) * m + bitcast<u32>(rest + PHILOX_INTEGER);
  return integers + (half - PHILOX_INTEGER_BITS * m - PHILOX_INTEGER_BITS);
}

// The 64-bit product a * D2511F53 as (high, low).
fn philox_multiply_0(a: u32) -> vec2u {
  let low = a * 0xd2511f53u;
  return vec2u(philox_high(a, low, 0xd251u, f32(0x1f53), f32(0xd2511f53), 0x69288fa9u), low);
}

// The 64-bit product a * CD9E8D57 as (high, low).
fn philox_multiply_2(a: u32) -> vec2u {
  let low = a * 0xcd9e8d57u;
  return vec2u(philox_high(a, low, 0xcd9eu, f32(0x8d57), f32(0xcd9e8d57), 0x66cf46abu), low);
}
