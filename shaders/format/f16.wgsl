// f16: IEEE 754 binary16, two elements to a word.

#import lib/half
#import lib/packed/halves

fn format_load(quad: u32) -> vec4f {
  return half_number(halves_load(quad));
}

fn format_store(quad: u32, x: vec4f) {
  halves_store(quad, half_of(x));
}
