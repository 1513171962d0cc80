// Out of place: the source is a buffer of its own.

#import lib/params

@group(0) @binding(2) var<storage, read> source_words: array<u32>;

// The index of the quad's first element in the source's binding.
fn source_start(quad: u32) -> u32 {
  return 4u * quad + params.source_offset;
}

fn source_word(index: u32) -> u32 {
  return source_words[index];
}
