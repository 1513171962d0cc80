// u32: raw words, for bits(). Written only: no op takes words.

#import lib/target

fn format_store(quad: u32, words: vec4u) {
  target_store(quad, words);
}
