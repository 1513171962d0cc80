// Philox4x32: four random words from a 128-bit counter and a 64-bit key, in 10 rounds (or 7).
// Domain: any words. Counter and key are least significant word first.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
// DOI 10.1145/2063384.2063405. Multipliers D2511F53 and CD9E8D57; the key grows every round by
// 9E3779B9 (golden ratio) and BB67AE85 (sqrt 3 - 1), its "Weyl" increments.

#import multiply

override philox_rounds: u32 = 10u;

const PHILOX_WEYL = vec2u(0x9e3779b9u, 0xbb67ae85u);

fn philox_round(c: vec4u, key: vec2u) -> vec4u {
  let p0 = philox_multiply_0(c.x);
  let p2 = philox_multiply_2(c.z);
  return vec4u(p2.x ^ c.y ^ key.x, p2.y, p0.x ^ c.w ^ key.y, p0.y);
}

fn philox_4x32(counter: vec4u, key: vec2u) -> vec4u {
  let c = philox_round(counter, key);
  return philox_rest(philox_round(c, key + PHILOX_WEYL), key);
}

// The same for a counter of which only the low word is unknown: what the first two rounds make of the others
// and the key is `ahead`, computed by src/ahead.ts. Two of their four products are in it.
fn philox_4x32_ahead(low: u32, ahead: vec4u, key: vec2u) -> vec4u {
  let p0 = philox_multiply_0(low);
  let p2 = philox_multiply_2(p0.x ^ ahead.x);
  return philox_rest(vec4u(p2.x ^ ahead.y, p2.y, p0.y ^ ahead.z, ahead.w), key);
}

// All rounds but the first two.
fn philox_rest(counter: vec4u, key: vec2u) -> vec4u {
  var c = philox_round(counter, key + 2u * PHILOX_WEYL);
  c = philox_round(c, key + 3u * PHILOX_WEYL);
  c = philox_round(c, key + 4u * PHILOX_WEYL);
  c = philox_round(c, key + 5u * PHILOX_WEYL);
  c = philox_round(c, key + 6u * PHILOX_WEYL);
  if (philox_rounds == 7u) {
    return c;
  }
  c = philox_round(c, key + 7u * PHILOX_WEYL);
  c = philox_round(c, key + 8u * PHILOX_WEYL);
  return philox_round(c, key + 9u * PHILOX_WEYL);
}
