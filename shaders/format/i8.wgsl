// i8: four elements to a word, -128 to 127. Values outside are clamped, NaN becomes 0.

#import lib/float
#import lib/packed/bytes
#import rounding

fn format_load(quad: u32) -> vec4f {
  return vec4f(bitcast<vec4i>(bytes_load(quad) << vec4u(24u)) >> vec4u(24u));
}

fn format_store(quad: u32, x: vec4f) {
  bytes_store(quad, rounding_byte(float_clamp_number(x, -128.0, 127.0)));
}
