// Numbers of f32 as signed 64-bit multiples of 2^(scale - 189), low word first, where `scale` is the
// biased exponent of the largest magnitude there is, at least 1. What lies below one is cut off, towards 0.

fn fixed_exponent(bits: u32) -> u32 {
  return max((bits >> 23u) & 255u, 1u);
}

// Domain: finite numbers with exponents up to scale. Magnitudes are below 2^63.
fn fixed_of(bits: u32, scale: u32) -> vec2u {
  let normal = select(0u, 0x800000u, (bits & 0x7f800000u) != 0u);
  let top = ((bits & 0x7fffffu) | normal) << 7u;
  let down = scale - fixed_exponent(bits);
  var magnitude = vec2u(0u);
  if (down == 0u) {
    magnitude = vec2u(0u, top);
  } else if (down < 32u) {
    magnitude = vec2u(top << (32u - down), top >> down);
  } else if (down < 64u) {
    magnitude = vec2u(top >> (down - 32u), 0u);
  }
  return select(magnitude, fixed_minus(vec2u(0u), magnitude), bits >= 0x80000000u);
}

// a - b, modulo 2^64.
fn fixed_minus(a: vec2u, b: vec2u) -> vec2u {
  return vec2u(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}

fn fixed_leading_zeros(a: vec2u) -> u32 {
  return select(countLeadingZeros(a.y), 32u + countLeadingZeros(a.x), a.y == 0u);
}

// a * 2^up, modulo 2^64, for up from 0 to 63.
fn fixed_shift(a: vec2u, up: u32) -> vec2u {
  if (up == 0u) {
    return a;
  }
  if (up < 32u) {
    return vec2u(a.x << up, (a.y << up) | (a.x >> (32u - up)));
  }
  return vec2u(0u, a.x << (up - 32u));
}
