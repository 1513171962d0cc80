// f32: one element to a word.

#import lib/target
#import source_quad

fn format_load(quad: u32) -> vec4f {
  return bitcast<vec4f>(source_quad(quad));
}

fn format_store(quad: u32, x: vec4f) {
  target_store(quad, bitcast<vec4u>(x));
}
