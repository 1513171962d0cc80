// Out of place: the source is a buffer of its own.

@group(0) @binding(2) var<storage, read> source_words: array<u32>;

fn source_word(index: u32) -> u32 {
  return source_words[index];
}
