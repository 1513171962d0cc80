// A quad of one-word elements, word by word: wherever in the source it begins.

#import source

fn source_quad(quad: u32) -> vec4u {
  let i = source_start(quad);
  return vec4u(source_word(i), source_word(i + 1u), source_word(i + 2u), source_word(i + 3u));
}
