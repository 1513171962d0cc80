// The products of Philox from 16-bit halves, since WGSL has no widening multiply: the form for all adapters
// that have none of their own.

// The 64-bit product a * D2511F53 as (high, low). D251 + 1F53 < 2^16: the middle sum stays below 2^32,
// with what the low product carries into it, too.
fn philox_multiply_0(a: u32) -> vec2u {
  let low = (a & 0xffffu) * 0x1f53u;
  let middle = (a >> 16u) * 0x1f53u + (a & 0xffffu) * 0xd251u;
  let carried = middle + (low >> 16u);
  return vec2u((a >> 16u) * 0xd251u + (carried >> 16u), (middle << 16u) + low);
}

// The 64-bit product a * CD9E8D57 as (high, low). CD9E + 8D57 > 2^16: the middle sum would overflow,
// so its two halves are added one after the other.
fn philox_multiply_2(a: u32) -> vec2u {
  let low = (a & 0xffffu) * 0x8d57u;
  let left = (a & 0xffffu) * 0xcd9eu + (low >> 16u);
  let middle = (a >> 16u) * 0x8d57u + (left & 0xffffu);
  return vec2u(
    (a >> 16u) * 0xcd9eu + (left >> 16u) + (middle >> 16u),
    (middle << 16u) | (low & 0xffffu),
  );
}
