// f32: one element to a word.

#import lib/target
#import source

fn format_load(quad: u32) -> vec4f {
  let i = source_start(quad);
  return bitcast<vec4f>(
    vec4u(source_word(i), source_word(i + 1u), source_word(i + 2u), source_word(i + 3u)),
  );
}

fn format_store(quad: u32, x: vec4f) {
  target_store(quad, bitcast<vec4u>(x));
}
