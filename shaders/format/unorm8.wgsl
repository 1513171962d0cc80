// unorm8: four elements to a word, bytes that stand for byte / 255. Values outside 0 to 1 are clamped, NaN
// becomes 0.

#import barrier
#import lib/float
#import lib/packed/bytes
#import rounding

// byte / 255, correctly rounded, for all 256 bytes: 1 / 255 = 2^-8 + 0x1.010102p-16, and a little less
// than what would change a rounding.
fn format_load(quad: u32) -> vec4f {
  let bytes = vec4f(bytes_load(quad));
  return bytes * 0x1p-8f + barrier_quad(bytes * 0x1.010102p-16f);
}

fn format_store(quad: u32, x: vec4f) {
  bytes_store(quad, rounding_byte(barrier_quad(255.0 * float_clamp_positive(x, 1.0))));
}
