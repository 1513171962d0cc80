// u8: four elements to a word, 0 to 255. Values outside are clamped, NaN becomes 0.

#import lib/float
#import lib/packed/bytes
#import rounding

fn format_load(quad: u32) -> vec4f {
  return vec4f(bytes_load(quad));
}

fn format_store(quad: u32, x: vec4f) {
  bytes_store(quad, rounding_byte(float_clamp_positive(x, 255.0)));
}
