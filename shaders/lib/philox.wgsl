// Philox4x32: four random words from a 128-bit counter and a 64-bit key, in 10 rounds (or 7).
// Domain: any words. Counter and key are least significant word first.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
// DOI 10.1145/2063384.2063405. Multipliers D2511F53 and CD9E8D57; the key grows every round by
// 9E3779B9 (golden ratio) and BB67AE85 (sqrt 3 - 1), its "Weyl" increments.

override philox_rounds: u32 = 10u;

// The 64-bit product a * D2511F53 as (high, low). WGSL has no widening multiply, so it is summed from
// 16-bit halves. D251 + 1F53 < 2^16: the middle sum stays below 2^32, with what the low product carries
// into it, too.
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

fn philox_round(c: vec4u, key: vec2u) -> vec4u {
  let p0 = philox_multiply_0(c.x);
  let p2 = philox_multiply_2(c.z);
  return vec4u(p2.x ^ c.y ^ key.x, p2.y, p0.x ^ c.w ^ key.y, p0.y);
}

fn philox_4x32(counter: vec4u, key: vec2u) -> vec4u {
  let weyl = vec2u(0x9e3779b9u, 0xbb67ae85u);
  var c = philox_round(counter, key);
  c = philox_round(c, key + weyl);
  c = philox_round(c, key + 2u * weyl);
  c = philox_round(c, key + 3u * weyl);
  c = philox_round(c, key + 4u * weyl);
  c = philox_round(c, key + 5u * weyl);
  c = philox_round(c, key + 6u * weyl);
  if (philox_rounds == 7u) {
    return c;
  }
  c = philox_round(c, key + 7u * weyl);
  c = philox_round(c, key + 8u * weyl);
  return philox_round(c, key + 9u * weyl);
}
