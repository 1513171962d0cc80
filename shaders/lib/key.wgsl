// Keys: the numbers of f32 as words in the same order, -inf < ... < -0 < +0 < ... < +inf. No number has
// the key 0 or 0xffffffff.

fn key_of(bits: u32) -> u32 {
  return bits ^ select(0x80000000u, 0xffffffffu, bits >= 0x80000000u);
}

// The bits of the number that has this key.
fn key_bits(key: u32) -> u32 {
  return key ^ select(0xffffffffu, 0x80000000u, key >= 0x80000000u);
}

fn key_is_nan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}
