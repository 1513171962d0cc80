// The products of Philox where a product of 32 bits costs no more than one of 16, as on NVIDIA's: the form for
// these. Their low words are such products, and all shifts and masks that are left are those of the high words,
// from 16-bit halves. The words are the same.

// The 64-bit product a * D2511F53 as (high, low). D251 + 1F53 < 2^16: the middle sum stays below 2^32,
// with what the low product carries into it, too.
fn philox_multiply_0(a: u32) -> vec2u {
  let upper = a >> 16u;
  let lower = a & 0xffffu;
  let middle = upper * 0x1f53u + (lower * 0xd251u + ((lower * 0x1f53u) >> 16u));
  return vec2u(upper * 0xd251u + (middle >> 16u), a * 0xd2511f53u);
}

// The 64-bit product a * CD9E8D57 as (high, low). CD9E + 8D57 > 2^16: the middle sum would overflow. But
// CD9E8D57 = 2^32 - 326172A9, so that the high word is a less a * 326172A9 / 2^32, rounded up: rounded down
// after 2^32 - 1 has been added to the product, FFFF to each of its two lower sums.
fn philox_multiply_2(a: u32) -> vec2u {
  let upper = a >> 16u;
  let lower = a & 0xffffu;
  let carried = (lower * 0x72a9u + 0xffffu) >> 16u;
  let middle = upper * 0x72a9u + (lower * 0x3261u + 0xffffu + carried);
  return vec2u(a - upper * 0x3261u - (middle >> 16u), a * 0xcd9e8d57u);
}
