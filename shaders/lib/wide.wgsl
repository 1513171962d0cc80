// Whole numbers of many words, least significant first. Exact: no step loses a bit.

// A sum of 160 bits.
struct Wide {
  low: vec4u,
  high: u32,
}

// The 64-bit product a * b, summed from 16-bit halves as in lib/philox.
fn wide_multiply(a: u32, b: u32) -> vec2u {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let left = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let middle = (a & 0xffffu) * (b >> 16u) + (left & 0xffffu);
  return vec2u(a * b, (a >> 16u) * (b >> 16u) + (left >> 16u) + (middle >> 16u));
}

// v * m for v below 2^96.
fn wide_times(v: vec4u, m: u32) -> vec4u {
  let a = wide_multiply(v.x, m);
  let b = wide_multiply(v.y, m);
  let c = wide_multiply(v.z, m);
  let y = a.y + b.x;
  let carry = select(0u, 1u, y < b.x);
  let sum = b.y + c.x;
  let z = sum + carry;
  let carries = select(0u, 1u, sum < c.x) + select(0u, 1u, z < carry);
  return vec4u(a.x, y, z, c.y + carries);
}

// v * m for v below 2^64.
fn wide_times_2(v: vec2u, m: u32) -> vec3u {
  let a = wide_multiply(v.x, m);
  let b = wide_multiply(v.y, m);
  let y = a.y + b.x;
  return vec3u(a.x, y, b.y + select(0u, 1u, y < b.x));
}

// a + v, modulo 2^160.
fn wide_add(a: Wide, v: vec4u) -> Wide {
  let sum = a.low + v;
  let carry = select(vec4u(0u), vec4u(1u), sum < v);
  let y = sum.y + carry.x;
  let carry_y = carry.y + select(0u, 1u, y < carry.x);
  let z = sum.z + carry_y;
  let carry_z = carry.z + select(0u, 1u, z < carry_y);
  let w = sum.w + carry_z;
  let carry_w = carry.w + select(0u, 1u, w < carry_z);
  return Wide(vec4u(sum.x, y, z, w), a.high + carry_w);
}

// What word + carry, added to `old`, carries on: 0 or 1, as `carry` is.
fn wide_carry(old: u32, word: u32, carry: u32) -> u32 {
  let value = word + carry;
  return select(0u, 1u, value < carry) + select(0u, 1u, old + value < value);
}
