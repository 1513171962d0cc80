// A source: the generator's words as they come. Format u32.

fn bits_quad(words: vec4u) -> vec4u {
  return words;
}
